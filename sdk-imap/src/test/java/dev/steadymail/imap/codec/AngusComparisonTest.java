package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.angus.mail.iap.Protocol;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.FetchItem;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Recorded FETCH responses without streamed content, read by this codec and by Angus Mail: field by field the same wherever Angus can
 * read them at all. It drops a response with an item that it does not know, X-GM-LABELS for one.
 */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
class AngusComparisonTest {
    private final Map<String, List<String>> differences = new TreeMap<>();
    private int compared;
    private int beyondAngus;

    @Test
    void recordedFetchResponses_areReadAsAngusReadsThem() throws IOException {
        Path root = Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus", "imap-responses", "mailkit");
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                compare(file, text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        assertTrue(compared - beyondAngus >= 90, compared + " responses, of which Angus cannot read " + beyondAngus);
        assertEquals(Map.of(), differences);
    }

    private void compare(Path file, byte[] octets) {
        ResponseFramer framer = new ResponseFramer(CodecLimits.DEFAULTS, new ResponseFramer.Target() {
            private boolean streamed;

            @Override
            public void complete(Frame frame) {
                if (!streamed && LineHead.of(frame) == LineHead.FETCH) {
                    compare(file.getFileName().toString(), frame);
                }
                streamed = false;
            }

            @Override
            public void skipped(Frame frame, int limit) {
                throw new AssertionError("too long");
            }

            @Override
            public LiteralSink literal(Frame soFar, String section, long size) {
                streamed = true;
                return LiteralSink.DISCARD;
            }
        });
        framer.feed(ByteBuffer.wrap(octets));
    }

    private void compare(String file, Frame frame) {
        String own;
        try {
            own = Fields.of(((Response.Fetch) new ResponseParser(frame, CodecLimits.DEFAULTS).parse()).data());
        } catch (UnreadableException malformed) {
            own = "unreadable: " + malformed.getMessage();
        }
        String angus = angus(frame);
        compared++;
        if (angus == null) {
            beyondAngus++;
        } else if (!own.equals(angus)) {
            differences
                    .computeIfAbsent(file, unused -> new ArrayList<>())
                    .add("\n  own   " + own + "\n  Angus " + angus);
        }
    }

    /** Returns null where Angus cannot read the response: it has an item that Angus does not know, for one. */
    private static @Nullable String angus(Frame frame) {
        String line = new String(frame.octets, 0, frame.length, StandardCharsets.ISO_8859_1);
        try {
            return Fields.of(new FetchResponse(new IMAPResponse(line), new FetchItem[0], unused()));
        } catch (IOException | ProtocolException | RuntimeException unreadable) {
            return null;
        }
    }

    /** Angus asks the connection only how strict it is to be. */
    private static Protocol unused() throws IOException {
        Properties properties = new Properties();
        properties.put("mail.mime.address.strict", "false");
        return new Protocol(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.US_ASCII),
                properties,
                false);
    }
}
