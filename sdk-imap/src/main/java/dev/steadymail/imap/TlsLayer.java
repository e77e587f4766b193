package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Puts TLS 1.2 or later on a connection, with the server's name checked (RFC 2818, RFC 6125). */
final class TlsLayer {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final ImapAccount account;

    TlsLayer(ImapAccount account) {
        this.account = account;
    }

    Socket wrap(Socket tcp) {
        try {
            SSLSocket tls =
                    (SSLSocket) context().getSocketFactory().createSocket(tcp, account.host(), account.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(PROTOCOLS);
            tls.setSSLParameters(parameters);
            tls.setSoTimeout((int) account.settings().tlsTimeout().toMillis());
            tls.startHandshake();
            return tls;
        } catch (IOException failure) {
            throw classified(failure);
        }
    }

    private SSLContext context() {
        SSLContext own = account.trust();
        try {
            return own != null ? own : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException missing) {
            throw untrusted("this Java runtime cannot set up TLS; use another one", missing);
        }
    }

    private MailException classified(IOException failure) {
        if (find(failure, SocketTimeoutException.class) != null) {
            return MailException.of(
                    Kind.TIMEOUT,
                    account.host() + " did not finish the TLS handshake within "
                            + account.settings().tlsTimeout().toMillis() + " ms; check that the port is one for TLS",
                    failure);
        }
        if (find(failure, EOFException.class) != null || find(failure, SocketException.class) != null) {
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
