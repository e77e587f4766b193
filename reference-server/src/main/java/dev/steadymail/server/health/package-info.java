/**
 * Whether the service is alive and ready.
 */
@NullMarked
package dev.steadymail.server.health;

import org.jspecify.annotations.NullMarked;
