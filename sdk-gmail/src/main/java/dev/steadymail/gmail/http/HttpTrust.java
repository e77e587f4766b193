package dev.steadymail.gmail.http;

import dev.steadymail.provider.PemTrust;
import java.nio.file.Path;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Whose certificates are trusted, instead of the system's authorities; names and dates are checked all the same. Accounts that are given
 * the same one share connections. Immutable and thread-safe.
 */
public final class HttpTrust {
    private final X509TrustManager manager;
    private final SSLSocketFactory sockets;

    private HttpTrust(X509TrustManager manager) {
        this.manager = manager;
        this.sockets = PemTrust.context(manager).getSocketFactory();
    }

    /** Trusts the authorities that a manager does. */
    public static HttpTrust of(X509TrustManager manager) {
        return new HttpTrust(manager);
    }

    /**
     * Trusts the certificates in a PEM file, and no others; the file is read at once.
     *
     * @throws dev.steadymail.mail.MailException of kind INVALID where the file cannot be read or holds no certificate
     */
    public static HttpTrust pem(Path file) {
        return new HttpTrust(PemTrust.read(file));
    }

    void applyTo(OkHttpClient.Builder builder) {
        builder.sslSocketFactory(sockets, manager);
    }
}
