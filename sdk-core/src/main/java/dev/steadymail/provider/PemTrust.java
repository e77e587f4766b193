package dev.steadymail.provider;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** For providers: trust in the certificates of one PEM file, and in no others. Names and dates are checked all the same. */
public final class PemTrust {
    private PemTrust() {}

    /**
     * Reads a file of certificates.
     *
     * @throws MailException of kind INVALID where it cannot be read or holds no certificate
     */
    public static X509TrustManager read(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            return trust(CertificateFactory.getInstance("X.509").generateCertificates(file));
        } catch (IOException | CertificateException unreadable) {
            throw MailException.of(
                    Kind.INVALID, "the CA file cannot be read; it must be a PEM file of certificates", unreadable);
        } catch (GeneralSecurityException broken) {
            throw noTls(broken);
        }
    }

    /** Returns a TLS context that trusts as told. */
    public static SSLContext context(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw noTls(broken);
        }
    }

    private static X509TrustManager trust(Collection<? extends Certificate> trusted)
            throws GeneralSecurityException, IOException {
        if (trusted.isEmpty()) {
            throw MailException.of(Kind.INVALID, "the CA file holds no certificate; it must be a PEM file");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return Arrays.stream(managers.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no manager of X.509 trust"));
    }

    private static MailException noTls(GeneralSecurityException broken) {
        return MailException.builder(Kind.NETWORK, "this Java runtime cannot set up TLS; use another one")
                .permanent()
                .cause(broken)
                .build();
    }
}
