package dev.steadymail.testkit.imap;

import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsDialogueTest {

    private SSLContext context;

    @BeforeAll
    void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        context = TestCertificate.make(folder, "ip:127.0.0.1").context();
    }

    private static ImapTestServer.Builder builder() {
        return ImapTestServer.builder().user(Messages.USER, "secret");
    }

    private ImapDialogue encrypted(Socket plain) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
        socket.startHandshake();
        return ImapDialogue.over(socket);
    }

    @Test
    void implicitTls_servesFromTheFirstByte() throws IOException {
        try (ImapTestServer server = builder().tls(context).loginNeedsTls().start();
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
                ImapDialogue client = encrypted(plain)) {
            client.play("S: * OK [CAPABILITY ...\nC: a LOGIN ada@example.com secret\nS: a OK ...");
            client.play("C: b LOGOUT\nS: * BYE logging out\nS: b OK LOGOUT done\nS: <end>");
        }
    }

    @Test
    void startTls_opensLogin() throws IOException {
        try (ImapTestServer server = builder().startTls(context).loginNeedsTls().start();
                ImapDialogue plain = ImapDialogue.greeted(server)) {
            plain.play("""
                    C: a CAPABILITY
                    S: * CAPABILITY IMAP4rev1 IDLE CONDSTORE MOVE UIDPLUS ESEARCH LIST-EXTENDED LIST-STATUS SPECIAL-USE STATUS=SIZE LITERAL+ SASL-IR ENABLE ID NAMESPACE UNSELECT CHILDREN STARTTLS LOGINDISABLED
                    S: a OK CAPABILITY done
                    C: b LOGIN ada@example.com secret
                    S: b NO [PRIVACYREQUIRED] use STARTTLS first
                    C: c STARTTLS
                    S: c OK begin TLS now
                    """);
            ImapDialogue client = encrypted(plain.socket());
            client.play("""
                    C: d STARTTLS
                    S: d BAD STARTTLS is not offered here
                    C: e LOGIN ada@example.com secret
                    S: e OK [CAPABILITY IMAP4rev1 IDLE ...
                    C: f NOOP
                    S: f OK nothing to do
                    """);
        }
    }
}
