/**
 * SASL mechanisms (RFC 4422) and the choice among them, without any I/O: whoever drives a connection carries octets between the server
 * and a {@link dev.steadymail.imap.sasl.SaslMechanism}. Start at {@link dev.steadymail.imap.sasl.MechanismChoice}, which says how to log
 * in. The server is not trusted here: a mechanism refuses what it must not answer, and nothing shows a secret.
 */
@NullMarked
package dev.steadymail.imap.sasl;

import org.jspecify.annotations.NullMarked;
