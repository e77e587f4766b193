package dev.steadymail.testkit.tls;

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
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate that signs itself, made anew by the JDK's keytool, which takes about a second. For servers of tests only: the
 * key lies unprotected in a folder. Immutable and thread-safe.
 */
public final class TestCertificate {
    /** What the key store is protected with; no secret. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "test";

    private final Path keyStore;
    private final SSLContext server;
    private final Path pem;

    private TestCertificate(Path keyStore, SSLContext server, Path pem) {
        this.keyStore = keyStore;
        this.server = server;
        this.pem = pem;
    }

    /**
     * Makes a certificate.
     *
     * @param folder an existing one for the key and the certificate
     * @param name the subject's alternative name as keytool has it, for example {@code ip:127.0.0.1}
     * @throws IOException where keytool fails or is not done within a minute
     */
    public static TestCertificate make(Path folder, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name.replace(':', '-') + ".p12");
        keytool(file, name);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(file, context(store), pem(folder.resolve(file.getFileName() + ".pem"), store));
    }

    private static void keytool(Path file, String name) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
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
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("keytool was not done within a minute");
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    "keytool failed with " + process.exitValue() + "; is the name written like ip:127.0.0.1?");
        }
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Path pem(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        String octets = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate(ALIAS).getEncoded());
        String text = "-----BEGIN CERTIFICATE-----\n" + octets + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    /** Returns the context of a server that shows the certificate, and of a client that trusts it. */
    public SSLContext context() {
        return server;
    }

    /** Returns a file with the certificate. */
    public Path pem() {
        return pem;
    }

    /** Returns the key store, PKCS 12, protected with {@link #PASSWORD}. */
    public Path keyStore() {
        return keyStore;
    }
}
