/**
 * Passwords, access tokens and their refresh: start at {@link dev.steadymail.auth.Credentials}.
 */
@NullMarked
package dev.steadymail.auth;

import org.jspecify.annotations.NullMarked;
