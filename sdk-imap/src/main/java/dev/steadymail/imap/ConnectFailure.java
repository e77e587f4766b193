package dev.steadymail.imap;

import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.wire.BrokenProtocolException;
import dev.steadymail.imap.wire.FarewellException;
import dev.steadymail.imap.wire.HandshakeException;
import dev.steadymail.imap.wire.ProxyException;
import dev.steadymail.imap.wire.UnreachableException;
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
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains why a server could not be reached, or not in safety, and what to do about it. */
final class ConnectFailure {
    private final ImapAccount account;
    private final ResponseClassifier classifier;

    ConnectFailure(ImapAccount account, ResponseClassifier classifier) {
        this.account = account;
        this.classifier = classifier;
    }

    /**
     * Explains a failure.
     *
     * @param believed whether what the server said is surely its own
     */
    MailException explain(IOException failure, boolean believed) {
        if (failure instanceof FarewellException farewell) {
            return farewell(farewell.said(), believed);
        }
        if (failure instanceof UnreachableException unreachable) {
            return unreachable(unreachable);
        }
        if (failure instanceof ProxyException proxy) {
            return ProxyFailure.explain(proxy, account.settings().connectTimeout());
        }
        if (failure instanceof HandshakeException handshake) {
            return handshake(handshake);
        }
        if (failure instanceof BrokenProtocolException broken && broken.isInjected()) {
            return untrusted(
                    "the server sent data between STARTTLS and the handshake; somebody may be in between", failure);
        }
        if (failure instanceof BrokenProtocolException broken && !broken.isTooLarge()) {
            return notImap();
        }
        return classifier.broken("the greeting and login of " + account.host(), failure);
    }

    /** A text from before TLS may be somebody else's who wants to be called or visited, and so may a time to wait. */
    MailException farewell(StatusText said, boolean believed) {
        MailException known = classifier.byeBeforeLogin(said);
        if (believed) {
            return known;
        }
        return MailException.builder(known.kind(), account.host() + " ended the connection before TLS was on")
                .providerCode(said.code())
                .reach(known.reach())
                .mayHaveTakenEffect(false)
                .build();
    }

    /** What the server said may be what it was told, and is left out. */
    MailException notImap() {
        return MailException.of(
                Kind.PROTOCOL,
                account.host() + " port " + account.port() + " does not greet as an IMAP server; check host and port");
    }

    private MailException unreachable(UnreachableException failure) {
        String place = account.host() + " port " + account.port();
        if (find(failure, SocketTimeoutException.class) != null) {
            return MailException.of(
                    Kind.TIMEOUT,
                    place + " did not answer within "
                            + account.settings().connectTimeout().toMillis() + " ms; check host, port and firewall",
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
                    account.host() + " did not finish the TLS handshake within "
                            + account.settings().tlsTimeout().toMillis() + " ms; check that the port is one for TLS",
                    failure);
        }
        if (find(failure, EOFException.class) != null || find(failure, SSLException.class) == null) {
            return MailException.of(
                    Kind.NETWORK, account.host() + " closed the connection during the TLS handshake", failure);
        }
        return untrusted(explanation(failure), failure);
    }

    /** Returns the failure of a peer that cannot be trusted, which trying again does not change. */
    static MailException untrusted(String message, @Nullable Throwable cause) {
        return MailException.builder(Kind.NETWORK, message)
                .permanent()
                .cause(cause)
                .build();
    }

    private String explanation(IOException failure) {
        String certificate = "the certificate of " + account.host();
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
        return "no TLS connection with " + account.host()
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
