/**
 * Threads of emails that the provider does not group: computed from what a store keeps of each (RFC 5256, the REFERENCES algorithm).
 */
@NullMarked
package dev.steadymail.thread;

import org.jspecify.annotations.NullMarked;
