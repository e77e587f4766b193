package dev.steadymail.imap.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a reader hands on, in order, as text that two readings can be compared by. */
final class Transcript implements ResponseHandler {
    final List<Response> responses = new ArrayList<>();
    final Map<String, byte[]> literals = new TreeMap<>();
    private final ResponseReader reader;

    Transcript(CodecLimits limits) {
        this.reader = new ResponseReader(limits, this);
    }

    static Transcript of(String text) {
        return of(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static Transcript of(byte[] octets) {
        return of(octets, CodecLimits.DEFAULTS, octets.length);
    }

    /** Reads octets in pieces. */
    static Transcript of(byte[] octets, CodecLimits limits, int... pieces) {
        Transcript transcript = new Transcript(limits);
        int from = 0;
        for (int i = 0; from < octets.length; i++) {
            int to = Math.min(octets.length, from + pieces[i % pieces.length]);
            transcript.feed(Arrays.copyOfRange(octets, from, to));
            from = to;
        }
        return transcript;
    }

    void feed(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        reader.feed(buffer);
        if (buffer.hasRemaining()) {
            throw new AssertionError(buffer.remaining() + " octets were not taken");
        }
    }

    ResponseReader reader() {
        return reader;
    }

    <T extends Response> T only(Class<T> type) {
        if (responses.size() != 1 || !type.isInstance(responses.get(0))) {
            throw new AssertionError("expected one " + type.getSimpleName() + ", got " + this);
        }
        return type.cast(responses.get(0));
    }

    FetchData fetch() {
        return only(Response.Fetch.class).data();
    }

    @Override
    public void response(Response response) {
        responses.add(response);
    }

    @Override
    public LiteralSink literal(MessageRef message, String section, long size) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        String key = literals.size() + " " + message + " " + section;
        literals.put(key, new byte[0]);
        return new LiteralSink() {
            @Override
            public void accept(ByteBuffer octets) {
                while (octets.hasRemaining()) {
                    content.write(octets.get());
                }
            }

            @Override
            public void end() {
                literals.put(key, content.toByteArray());
            }
        };
    }

    /** Everything, content included: for comparing what a test made itself. */
    String whole() {
        StringBuilder text = new StringBuilder();
        for (Response response : responses) {
            text.append(Shown.of(response)).append('\n');
        }
        literals.forEach((key, octets) ->
                text.append(key).append(' ').append(Arrays.hashCode(octets)).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return responses.toString();
    }
}
