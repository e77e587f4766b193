package dev.steadymail.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedScriptTest {

    private SSLContext context;

    @BeforeAll
    void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        context = TestCertificate.make(folder, "ip:127.0.0.1").context();
    }

    private static SSLSocket wrap(SSLContext trusting, Socket plain) throws IOException {
        return (SSLSocket) trusting.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    }

    private PlainClient encrypted(Socket plain) throws IOException {
        SSLSocket socket = wrap(context, plain);
        socket.startHandshake();
        return PlainClient.over(socket);
    }

    private static Socket connect(ScriptedImapServer server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    @Test
    void implicitTls_speaksFromTheFirstOctet() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.builder()
                        .tls(context)
                        .script("S: * OK ready\nC: <tag> NOOP\nS: <drip><tag> OK done\nS: <close>")
                        .start();
                PlainClient client = encrypted(connect(server))) {
            assertEquals("* OK ready\r\n", client.line());
            client.send("A1 NOOP\r\n");
            assertEquals("A1 OK done\r\n", client.line());
            assertEquals(-1, client.in().read());
        }
    }

    @Test
    void startTls_beginsWhereTheScriptSays() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.builder()
                        .startTls(context)
                        .script("""
                                S: * OK ready
                                C: <tag> STARTTLS
                                S: <tag> OK go on
                                S: <starttls>
                                C: <tag> NOOP
                                S: <tag> OK done
                                """)
                        .start();
                PlainClient plain = PlainClient.of(server)) {
            assertEquals("* OK ready\r\n", plain.line());
            plain.send("A1 STARTTLS\r\n");
            assertEquals("A1 OK go on\r\n", plain.line());
            PlainClient client = encrypted(plain.socket());
            client.send("A2 NOOP\r\n");
            assertEquals("A2 OK done\r\n", client.line());
            server.verify();
            client.close();
        }
    }

    @Test
    void octetsBeforeTheHandshake_areInOneWriteWithTheAnswer() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing(
                        "C: <tag> STARTTLS\nS: <tag> OK go on\\r\\n* OK injected\nC: <end>");
                PlainClient client = PlainClient.of(server)) {
            client.send("A1 STARTTLS\r\n");
            assertEquals("A1 OK go on\r\n* OK injected\r\n", client.read(28));
            client.socket().shutdownOutput();
            server.verify();
        }
    }

    @Test
    void clientThatDoesNotTrustTheKey_endsTheConnection() throws IOException, GeneralSecurityException {
        try (ScriptedImapServer server = ScriptedImapServer.builder()
                        .tls(context)
                        .script("S: * OK ready\nC: <end>")
                        .start();
                SSLSocket client = wrap(SSLContext.getDefault(), connect(server))) {
            assertThrows(SSLException.class, client::startHandshake);
        }
    }

    @Test
    void plainClient_isAMismatch() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.builder()
                .tls(context)
                .script("C: <tag> NOOP")
                .start();
        try (PlainClient client = PlainClient.of(server)) {
            client.send("A1 NOOP\r\n");
            client.socket().shutdownOutput();
            assertThrows(ScriptMismatchError.class, server::verify);
        }
        assertThrows(ScriptMismatchError.class, server::close);
    }
}
