/**
 * What an operator may be told of clients, without one octet of private content: start at
 * {@link dev.steadymail.observability.AccountNames} for what stands for an account, and at the packages beside this one for who is told.
 */
@NullMarked
package dev.steadymail.observability;

import org.jspecify.annotations.NullMarked;
