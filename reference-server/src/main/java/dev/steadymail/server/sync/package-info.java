/**
 * Keeps what is stored equal to each account: the store on PostgreSQL and one job per account.
 */
@NullMarked
package dev.steadymail.server.sync;

import org.jspecify.annotations.NullMarked;
