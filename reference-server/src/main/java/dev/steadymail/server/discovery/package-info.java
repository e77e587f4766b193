/**
 * From an email address to the servers of its mail: start at {@link dev.steadymail.server.discovery.Discovery}. What a domain says about
 * itself is a stranger's word: bounded, parsed with suspicion, and never followed into a network that is not allowed.
 */
@NullMarked
package dev.steadymail.server.discovery;

import org.jspecify.annotations.NullMarked;
