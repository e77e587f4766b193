/**
 * The mail service: start at {@link dev.steadymail.server.ServerApplication}, which holds the parts together.
 */
@NullMarked
package dev.steadymail.server;

import org.jspecify.annotations.NullMarked;
