package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes a key and a certificate that signs itself, with the JDK's keytool. */
final class TestKeys {
    private static final String PASSWORD = "changeit";

    private final SSLContext server;
    private final Path pem;

    private TestKeys(SSLContext server, Path pem) {
        this.server = server;
        this.pem = pem;
    }

    /**
     * Makes a certificate.
     *
     * @param name the subject's alternative name, for example {@code ip:127.0.0.1}
     */
    static TestKeys make(Path folder, String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name.replace(':', '-') + ".p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "imap",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new TestKeys(context(store), pem(folder.resolve(file.getFileName() + ".pem"), store));
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Path pem(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        String octets = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("imap").getEncoded());
        String text = "-----BEGIN CERTIFICATE-----\n" + octets + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    /** Returns the context of a server that shows the certificate. */
    SSLContext server() {
        return server;
    }

    /** Returns a file with the certificate. */
    Path pem() {
        return pem;
    }
}
