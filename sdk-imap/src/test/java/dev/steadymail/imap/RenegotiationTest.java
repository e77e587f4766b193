package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Credentials;
import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.command.Noop;
import dev.steadymail.imap.wire.Endpoint;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.Inbox;
import dev.steadymail.imap.wire.IoThreads;
import dev.steadymail.testkit.tls.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS 1.2 lets a server begin another handshake while commands go on; a client need not take part (RFC 9325 section 3.5). */
@Timeout(60)
class RenegotiationTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void run_serverBeginsAnotherHandshake_endsTheConnection() throws Exception {
        TestCertificate keys = TestCertificate.make(folder, "ip:127.0.0.1");
        try (IoThreads threads = IoThreads.forThisMachine();
                SSLServerSocket listener = (SSLServerSocket) keys.context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setEnabledProtocols(new String[] {"TLSv1.2"});
            CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> serve(listener));
            ImapSession session = ImapSession.on(threads, CodecLimits.DEFAULTS, new Traffic(System::nanoTime));
            var unused = session.connect(endpoint(listener, keys)).get(30, TimeUnit.SECONDS);
            assertThrows(
                    SSLException.class,
                    () -> Inbox.run(session, new Noop().command(), LONG, reply -> {}, challenge -> ""));
            assertTrue(served.get(30, TimeUnit.SECONDS) <= 1);
        }
    }

    private static Endpoint endpoint(SSLServerSocket listener, TestCertificate keys) {
        ImapAccount account = ImapAccount.at("127.0.0.1", Credentials.password("ada", "secret"))
                .trusting(keys.pem());
        InetSocketAddress address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        return new Endpoint("127.0.0.1", List.of(address), true, account.trust(), LONG, LONG, LONG);
    }

    private static int serve(SSLServerSocket listener) {
        int count = 0;
        try (SSLSocket socket = (SSLSocket) listener.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            send(socket, "* OK ready\r\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                socket.startHandshake();
                send(socket, line.split(" ", 2)[0] + " OK done\r\n");
                count++;
            }
        } catch (IOException ended) {
            // The client went away.
        }
        return count;
    }

    private static void send(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
