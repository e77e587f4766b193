package dev.steadymail.imap.wire;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a server could not be reached, or not in safety, and what to do about it, whatever it speaks. Immutable.
 *
 * @param host its name, as the certificate must have it
 * @param port its port
 * @param connect how long connecting could take
 * @param handshake how long the TLS handshake could take
 */
public record ReachFailure(String host, int port, Duration connect, Duration handshake) {
    /** Returns what a failure to connect or to put TLS on means; null for any other. */
    public @Nullable MailException explain(IOException failure) {
        if (failure instanceof UnreachableException unreachable) {
            return unreachable(unreachable);
        }
        if (failure instanceof ProxyException proxy) {
            return ProxyFailure.explain(proxy, connect);
        }
        return failure instanceof HandshakeException broken ? handshake(broken) : null;
    }

    /** Returns the failure of a peer that cannot be trusted, which trying again does not change. */
    public static MailException untrusted(String message, @Nullable Throwable cause) {
        return MailException.builder(Kind.NETWORK, message)
                .permanent()
                .cause(cause)
                .build();
    }

    private MailException unreachable(UnreachableException failure) {
        String place = host + " port " + port;
        if (find(failure, SocketTimeoutException.class) != null) {
            return MailException.of(
                    Kind.TIMEOUT,
                    place + " did not answer within " + connect.toMillis() + " ms; check host, port and firewall",
                    failure);
        }
        return MailException.builder(Kind.NETWORK, place + " cannot be reached; check host, port and network")
                .cause(failure)
                .build();
    }

    private MailException handshake(HandshakeException failure) {
        if (find(failure, SocketTimeoutException.class) != null) {
            return MailException.of(
                    Kind.TIMEOUT,
                    host + " did not finish the TLS handshake within " + handshake.toMillis()
                            + " ms; check that the port is one for TLS",
                    failure);
        }
        if (find(failure, EOFException.class) != null || find(failure, SSLException.class) == null) {
            return MailException.of(Kind.NETWORK, host + " closed the connection during the TLS handshake", failure);
        }
        return untrusted(explanation(failure), failure);
    }

    private String explanation(IOException failure) {
        String certificate = "the certificate of " + host;
        if (find(failure, CertificateExpiredException.class) != null) {
            return certificate + " has expired; its operator must renew it (or check this machine's clock)";
        }
        if (find(failure, CertificateNotYetValidException.class) != null) {
            return certificate + " is not valid yet; check this machine's clock";
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null) {
            return certificate + " is not trusted; if it is your own server, pass ?ca=FILE with its authority";
        }
        if (find(failure, CertificateException.class) != null) {
            return certificate + " is for another name; use the name that the certificate was made for";
        }
        return "no TLS connection with " + host
                + " could be agreed on; check that the port is one for TLS and that the server speaks TLS 1.2 or later";
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
