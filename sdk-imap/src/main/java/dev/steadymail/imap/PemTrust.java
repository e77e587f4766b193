package dev.steadymail.imap;

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
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS contexts that trust the certificates of one PEM file. */
final class PemTrust {
    private PemTrust() {}

    static SSLContext read(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            return context(CertificateFactory.getInstance("X.509").generateCertificates(file));
        } catch (IOException | CertificateException unreadable) {
            throw MailException.of(
                    Kind.INVALID, "the CA file cannot be read; it must be a PEM file of certificates", unreadable);
        } catch (GeneralSecurityException broken) {
            throw ConnectFailure.untrusted("this Java runtime cannot set up TLS; use another one", broken);
        }
    }

    private static SSLContext context(Collection<? extends Certificate> trusted)
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
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
