package dev.steadymail.benchmarks.imap;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server and the account, on loopback.
 *
 * @param port of 127.0.0.1
 * @param user login name
 * @param password may hold no quote and no backslash
 * @param certificate the server's, as PEM; TLS from the first octet where there is one, none otherwise
 */
record Endpoint(
        int port, String user, String password, @Nullable Path certificate) {
    static final String HOST = "127.0.0.1";

    Endpoint withPort(int other) {
        return new Endpoint(other, user, password, certificate);
    }

    /** Connects, with the TLS handshake done where there is TLS. */
    Socket connect() throws IOException, GeneralSecurityException {
        SocketFactory sockets = certificate == null
                ? SocketFactory.getDefault()
                : trust(certificate).getSocketFactory();
        return sockets.createSocket(InetAddress.getLoopbackAddress(), port);
    }

    /** Returns a context that trusts one certificate and no other. */
    static SSLContext trust(Path pem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Hides the account. */
    @Override
    public String toString() {
        return "Endpoint[" + port + "]";
    }
}
