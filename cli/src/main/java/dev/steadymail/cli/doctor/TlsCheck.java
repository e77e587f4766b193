package dev.steadymail.cli.doctor;

import dev.steadymail.cli.doctor.Endpoint.Protection;
import dev.steadymail.cli.outcome.CommandException;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Puts TLS on a connection as the SDK does: 1.2 or later, the server's name checked, no way around either. */
final class TlsCheck {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long SOON_DAYS = 14;

    private final Endpoint endpoint;
    private final InstantSource clock;

    TlsCheck(Endpoint endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    String look(Socket tcp) {
        SSLContext context = Trust.of(endpoint.ca());
        try {
            tcp.setSoTimeout((int) LIMIT.toMillis());
            if (endpoint.protection() == Protection.STARTTLS) {
                new StartTls(endpoint, tcp).begin();
            }
            return found(handshake(context, tcp));
        } catch (IOException failure) {
            throw CommandException.unreached(explanation(failure));
        }
    }

    private SSLSession handshake(SSLContext context, Socket tcp) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(tcp, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls.getSession();
    }

    private String found(SSLSession session) throws SSLException {
        X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
        long days = Duration.between(clock.instant(), certificate.getNotAfter().toInstant())
                .toDays();
        String soon = days < SOON_DAYS ? "; its operator must renew it soon" : "";
        return session.getProtocol() + ", the certificate is trusted and valid for " + days
                + (days == 1 ? " more day" : " more days") + soon;
    }

    private String explanation(IOException failure) {
        String certificate = "the certificate of " + endpoint.host();
        if (isCausedBy(failure, CertificateExpiredException.class)) {
            return certificate + " has expired; its operator must renew it (or check this machine's clock)";
        }
        if (isCausedBy(failure, CertificateNotYetValidException.class)) {
            return certificate + " is not valid yet; check this machine's clock";
        }
        if (isCausedBy(failure, CertPathBuilderException.class)
                || isCausedBy(failure, CertPathValidatorException.class)) {
            return certificate
                    + " is not trusted; if it is your own server, add ?ca=FILE with its authority to ACCOUNT";
        }
        if (isCausedBy(failure, CertificateException.class)) {
            return certificate + " is for another name; use the name that the certificate was made for";
        }
        return "no TLS connection with " + endpoint.text()
                + " could be agreed on within 10 s; check that the port is one for TLS";
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
