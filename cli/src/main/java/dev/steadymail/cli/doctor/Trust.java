package dev.steadymail.cli.doctor;

import dev.steadymail.cli.outcome.CommandException;
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
import org.jspecify.annotations.Nullable;

/** Whom to trust: the system's authorities, or those of one PEM file. */
final class Trust {
    private Trust() {}

    static SSLContext of(@Nullable Path pem) {
        try {
            return pem == null ? SSLContext.getDefault() : only(certificates(pem));
        } catch (GeneralSecurityException | IOException broken) {
            throw CommandException.unreached("this Java runtime cannot set up TLS; use another one");
        }
    }

    /**
     * Reads the file that {@code ca} names.
     *
     * @throws CommandException wrong usage where it holds no certificate
     */
    static Collection<? extends Certificate> certificates(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(file);
            if (!read.isEmpty()) {
                return read;
            }
        } catch (IOException | CertificateException unreadable) {
            // Said below, the same as for a file without certificates.
        }
        throw CommandException.usage("ACCOUNT: ca must name a readable PEM file with at least one certificate");
    }

    private static SSLContext only(Collection<? extends Certificate> trusted)
            throws GeneralSecurityException, IOException {
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
