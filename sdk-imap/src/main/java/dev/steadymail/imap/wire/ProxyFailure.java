package dev.steadymail.imap.wire;

import dev.steadymail.imap.proxy.ProxyRefusedException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Explains why no connection came about by a proxy, and what to do about it. */
final class ProxyFailure {
    private ProxyFailure() {}

    static MailException explain(ProxyException failure, Duration limit) {
        ProxyRefusedException refusal = failure.refusal();
        if (refusal != null) {
            return refused(refusal, failure);
        }
        if (failure.getCause() instanceof SocketTimeoutException) {
            return MailException.of(
                    Kind.TIMEOUT,
                    "the proxy did not connect within " + limit.toMillis()
                            + " ms; check the proxy's host, port and kind, and whether it reaches the server",
                    failure);
        }
        return MailException.of(
                Kind.NETWORK,
                "the proxy cannot be reached or closed the connection; check its host, port and kind",
                failure);
    }

    private static MailException refused(ProxyRefusedException refusal, ProxyException failure) {
        MailException.Builder built = MailException.builder(
                        Kind.NETWORK, refusal.getMessage() + "; " + remedy(refusal.reason()))
                .cause(failure)
                .mayHaveTakenEffect(false);
        return switch (refusal.reason()) {
            case LOGIN, FORBIDDEN -> built.permanent().build();
            case UNREACHABLE, PROTOCOL -> built.build();
        };
    }

    private static String remedy(ProxyRefusedException.Reason reason) {
        return switch (reason) {
            case LOGIN -> "check the proxy's user and password";
            case FORBIDDEN -> "ask its operator to allow the mail server's address and port";
            case UNREACHABLE -> "check that the mail server can be reached from the proxy";
            case PROTOCOL -> "check the proxy's kind and port";
        };
    }
}
