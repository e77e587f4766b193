/**
 * Whose is what: the organisation that a thread works for, its wall in the database, and who may ask for what.
 */
@NullMarked
package dev.steadymail.server.tenants;

import org.jspecify.annotations.NullMarked;
