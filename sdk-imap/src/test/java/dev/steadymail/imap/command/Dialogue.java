package dev.steadymail.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.LiteralSink;
import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.ResponseHandler;
import dev.steadymail.imap.codec.ResponseReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a command sends, as text, and what it makes of a server's lines; no socket in between. */
final class Dialogue {
    static final CommandEncoder PLAIN = new CommandEncoder(false, false, false);
    static final CommandEncoder PLUS = new CommandEncoder(true, false, false);
    static final CommandEncoder MINUS = new CommandEncoder(false, true, false);
    static final CommandEncoder UTF8 = new CommandEncoder(false, false, true);

    private Dialogue() {}

    /** Returns the octets, a character each, with {@code <go>} where the server's consent is awaited. */
    static String sent(CommandEncoder encoder, Exchange<?> exchange) {
        return sent(encoder, exchange.command());
    }

    static String sent(CommandEncoder encoder, Command command) {
        StringBuilder sent = new StringBuilder();
        for (CommandEncoder.Step step : encoder.encode("A1", command)) {
            if (step instanceof CommandEncoder.Step.Send send) {
                sent.append(StandardCharsets.ISO_8859_1.decode(send.octets()));
            } else if (step instanceof CommandEncoder.Step.Stream stream) {
                sent.append(read(stream));
            } else {
                sent.append("<go>");
            }
        }
        return sent.toString();
    }

    private static String read(CommandEncoder.Step.Stream stream) {
        try (InputStream content = stream.source().open()) {
            byte[] octets = content.readAllBytes();
            assertEquals(octets.length, stream.size());
            return new String(octets, StandardCharsets.ISO_8859_1);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Checks the one line that is sent whatever the server knows of literals; without tag and CRLF. */
    static void assertSends(String line, Exchange<?> exchange) {
        for (CommandEncoder encoder : List.of(PLAIN, PLUS, MINUS)) {
            assertEquals("A1 " + line + "\r\n", sent(encoder, exchange));
        }
    }

    /** Feeds lines and a completion with OK, and returns the result. */
    static <T> T answer(Exchange<T> exchange, String... lines) {
        observe(exchange, lines);
        return complete(exchange, "done");
    }

    /** Completes with what is said after OK. */
    static <T> T complete(Exchange<T> exchange, String said) {
        Response last = replies("A1 OK " + said).get(0).response();
        return exchange.result(((Response.Completed) last).said());
    }

    static void observe(Exchange<?> exchange, String... lines) {
        replies(lines).forEach(exchange::observe);
    }

    static List<Reply> replies(String... lines) {
        Gathered gathered = new Gathered();
        ResponseReader reader = new ResponseReader(CodecLimits.DEFAULTS, gathered);
        for (String line : lines) {
            reader.feed(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        }
        return gathered.replies;
    }

    private static final class Gathered implements ResponseHandler {
        private final List<Reply> replies = new ArrayList<>();
        private Map<String, byte[]> contents = new HashMap<>();

        @Override
        public void response(Response response) {
            replies.add(new Reply(response, contents));
            contents = new HashMap<>();
        }

        @Override
        public LiteralSink literal(MessageRef message, String section, long size) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            return new LiteralSink() {
                @Override
                public void accept(ByteBuffer octets) {
                    while (octets.hasRemaining()) {
                        content.write(octets.get());
                    }
                }

                @Override
                public void end() {
                    contents.put(section, content.toByteArray());
                }
            };
        }
    }
}
