package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Noop;
import dev.steadymail.imap.wire.BrokenProtocolException;
import dev.steadymail.imap.wire.Endpoint;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.Inbox;
import dev.steadymail.imap.wire.IoThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** COMPRESS=DEFLATE (RFC 4978) against a server that compresses with the JDK's streams. */
@Timeout(60)
class CompressionTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void answers_areUnderstoodInWhateverPiecesTheyCome() throws Exception {
        assertEquals(List.of(1L, 2L), run(1, 2));
        assertEquals(List.of(1L, 2L), run(1_000_000, 2));
    }

    @Test
    void manyAnswers_comeInOrder() throws Exception {
        List<Long> seen = run(700, 20_000);
        assertEquals(20_000, seen.size());
        assertEquals(20_000L, seen.get(19_999));
    }

    /** Far more than is taken at once: reading stops in the middle of what was inflated, and goes on there. */
    @Test
    void moreThanIsTakenAtOnce_isNotLost() throws Exception {
        List<Long> seen = run(1_000_000, 200_000);
        assertEquals(200_000, seen.size());
        assertEquals(200_000L, seen.get(199_999));
    }

    /** A server that sends the consent and {@code count} answers to NOOP, {@code piece} octets a write. */
    private static List<Long> run(int piece, int count) throws Exception {
        RawServer.Talk talk = peer -> {
            peer.send("* OK ready\r\n");
            String compress = String.valueOf(peer.line());
            assertTrue(compress.endsWith(" COMPRESS DEFLATE"));
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            octets.writeBytes(ascii(compress.split(" ")[0] + " OK done\r\n"));
            DeflaterOutputStream out = deflating(octets);
            out.write(ascii("* OK still here\r\n"));
            out.flush();
            inPieces(peer, octets, piece);
            InputStream in = new InflaterInputStream(peer.socket().getInputStream(), new Inflater(true));
            String tag = line(in).split(" ")[0];
            for (int i = 1; i <= count; i++) {
                out.write(ascii("* " + i + " EXISTS\r\n"));
            }
            out.write(ascii(tag + " OK done\r\n"));
            out.flush();
            inPieces(peer, octets, piece);
            String unused = line(in);
        };
        try (RawServer server = RawServer.plain(talk);
                IoThreads threads = IoThreads.forThisMachine()) {
            ImapSession session = connect(threads, server.port());
            assertEquals(
                    Response.Status.OK,
                    session.compress(LONG).get(10, TimeUnit.SECONDS).status());
            List<Long> seen = new ArrayList<>();
            Response.Completed answer = Inbox.run(
                    session,
                    new Noop().command(),
                    LONG,
                    reply -> {
                        if (reply.response() instanceof Response.Exists told) {
                            seen.add(told.count());
                        }
                    },
                    challenge -> "");
            assertEquals(Response.Status.OK, answer.status());
            session.abort();
            return seen;
        }
    }

    @Test
    void bomb_endsTheConnection() throws Exception {
        RawServer.Talk talk = peer -> {
            peer.send("* OK ready\r\n");
            peer.send(String.valueOf(peer.line()).split(" ")[0] + " OK done\r\n");
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            DeflaterOutputStream out = deflating(octets);
            for (int i = 0; i < 1000; i++) {
                out.write(ascii("* OK " + " ".repeat(8000) + "\r\n"));
            }
            out.flush();
            peer.socket().getOutputStream().write(octets.toByteArray());
            String unused = peer.line();
        };
        try (RawServer server = RawServer.plain(talk);
                IoThreads threads = IoThreads.forThisMachine()) {
            ImapSession session = connect(threads, server.port());
            Response.Completed unused = session.compress(LONG).get(10, TimeUnit.SECONDS);
            IOException end = assertThrows(
                    IOException.class,
                    () -> Inbox.run(session, new Noop().command(), LONG, reply -> {}, challenge -> ""));
            assertTrue(
                    assertInstanceOf(BrokenProtocolException.class, session.end())
                            .isTooLarge(),
                    end::toString);
        }
    }

    @Test
    void dataThatIsNotDeflated_endsTheConnection() throws Exception {
        RawServer.Talk talk = peer -> {
            peer.send("* OK ready\r\n");
            peer.send(String.valueOf(peer.line()).split(" ")[0] + " OK done\r\n* OK plain\r\n\u00ff\u00ff\u00ff\u00ff");
            String unused = peer.line();
        };
        try (RawServer server = RawServer.plain(talk);
                IoThreads threads = IoThreads.forThisMachine()) {
            ImapSession session = connect(threads, server.port());
            Response.Completed unused = session.compress(LONG).get(10, TimeUnit.SECONDS);
            assertThrows(
                    IOException.class,
                    () -> Inbox.run(session, new Noop().command(), LONG, reply -> {}, challenge -> ""));
            assertInstanceOf(BrokenProtocolException.class, session.end());
        }
    }

    @Test
    void account_compressesWhereTheServerOffersItAndItIsWanted() throws Exception {
        assertEquals(true, asks(true, "COMPRESS=DEFLATE"));
        assertEquals(false, asks(true, "IDLE"));
        assertEquals(false, asks(false, "COMPRESS=DEFLATE"));
    }

    /** A server that refuses compression goes on being used, and ends at LIST. */
    private static boolean asks(boolean wanted, String capability) throws Exception {
        List<String> commands = new CopyOnWriteArrayList<>();
        RawServer.Talk talk = peer -> {
            peer.send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN " + capability + "] ready\r\n");
            while (commands.stream().noneMatch(each -> each.startsWith("LIST"))) {
                String command = peer.command();
                commands.add(command);
                if (command.startsWith("COMPRESS")) {
                    peer.no();
                } else {
                    peer.ok(command.startsWith("CAPABILITY") ? "* CAPABILITY IMAP4rev1 " + capability + "\r\n" : "");
                }
            }
        };
        ImapSettings settings = ImapSettings.DEFAULT.compression(wanted);
        try (RawServer server = RawServer.plain(talk);
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", LocalServers.PASSWORD)
                        .settings(settings))) {
            assertEquals(List.of(), client.mailboxes().list());
        }
        return commands.contains("COMPRESS DEFLATE");
    }

    /** A reader would wait for more than the line, since inflating streams always say that there is some. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    private static ImapSession connect(IoThreads threads, int port) throws Exception {
        ImapSession session = ImapSession.on(threads, CodecLimits.DEFAULTS, new Traffic(System::nanoTime));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Response.Untagged unused = session.connect(
                        new Endpoint("127.0.0.1", List.of(address), false, null, LONG, LONG, LONG))
                .get(10, TimeUnit.SECONDS);
        return session;
    }

    private static DeflaterOutputStream deflating(ByteArrayOutputStream octets) {
        return new DeflaterOutputStream(octets, new Deflater(9, true), true);
    }

    private static void inPieces(RawServer.Peer peer, ByteArrayOutputStream octets, int piece) throws IOException {
        byte[] all = octets.toByteArray();
        octets.reset();
        for (int from = 0; from < all.length; from += piece) {
            peer.socket().getOutputStream().write(all, from, Math.min(piece, all.length - from));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
