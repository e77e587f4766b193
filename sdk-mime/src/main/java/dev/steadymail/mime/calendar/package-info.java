/**
 * Invitations and answers to them as messages carry them (RFC 6047). Start with {@link dev.steadymail.mime.calendar.Calendar}; what is
 * inside a calendar is for a library that knows RFC 5545.
 */
@NullMarked
package dev.steadymail.mime.calendar;

import org.jspecify.annotations.NullMarked;
