package dev.steadymail.imap.codec;

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
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.iap.Protocol;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.FetchItem;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * A FETCH response without streamed content.
 *
 * @param file where it was recorded
 * @param line its octets as Latin-1 characters
 * @param data how the codec reads it, or null where it cannot
 * @param reason why it cannot, or null
 */
public record RecordedFetch(
        String file,
        String line,
        @Nullable FetchData data,
        @Nullable String reason) {

    /** Returns those that the folder that {@code STEADYMAIL_SHARED} names has. */
    public static List<RecordedFetch> all() throws IOException {
        Path root = Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus", "imap-responses", "mailkit");
        List<RecordedFetch> fetches = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                fetches.addAll(in(file.getFileName().toString(), text.replace("\n", "\r\n")));
            }
        }
        return fetches;
    }

    /** Returns those in octets, given as Latin-1 characters. */
    public static List<RecordedFetch> in(String file, String text) {
        List<RecordedFetch> fetches = new ArrayList<>();
        ResponseFramer framer = new ResponseFramer(CodecLimits.DEFAULTS, new ResponseFramer.Target() {
            private boolean streamed;

            @Override
            public void complete(Frame frame) {
                if (!streamed && LineHead.of(frame) == LineHead.FETCH) {
                    fetches.add(of(file, frame));
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
        framer.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        return fetches;
    }

    private static RecordedFetch of(String file, Frame frame) {
        String line = new String(frame.octets, 0, frame.length, StandardCharsets.ISO_8859_1);
        try {
            Response response = new ResponseParser(frame, CodecLimits.DEFAULTS, new Values()).parse();
            return new RecordedFetch(file, line, ((Response.Fetch) response).data(), null);
        } catch (UnreadableException malformed) {
            return new RecordedFetch(file, line, null, malformed.getMessage());
        }
    }

    /** Returns null where Angus cannot read the response: it has an item that Angus does not know, for one. */
    public @Nullable FetchResponse angus() {
        try {
            return new FetchResponse(new IMAPResponse(line), new FetchItem[0], unused());
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
