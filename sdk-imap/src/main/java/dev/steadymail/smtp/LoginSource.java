package dev.steadymail.smtp;

import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.sasl.LoginWay;
import dev.steadymail.imap.sasl.SaslMechanism;
import dev.steadymail.imap.sasl.SaslRefusedException;
import org.jspecify.annotations.Nullable;

/** Makes the exchanges of a login; may block where a token is refreshed. */
interface LoginSource {
    /** Returns what is logged in with. */
    Credentials credentials();

    /** Begins an exchange. */
    SaslMechanism begin(LoginWay way) throws SaslRefusedException;

    /** Begins another exchange after one was refused, with another token; null where there is nothing else to try. */
    @Nullable
    SaslMechanism again(LoginWay way) throws SaslRefusedException;
}
