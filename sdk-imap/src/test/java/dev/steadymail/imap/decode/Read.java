package dev.steadymail.imap.decode;

import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.FetchData;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.ResponseReader;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Envelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a server sends, given as Latin-1 characters, as the model shows it. */
final class Read {
    private Read() {}

    static FetchData fetch(String items) {
        List<Response> responses = new ArrayList<>();
        new ResponseReader(CodecLimits.DEFAULTS, responses::add)
                .feed(ByteBuffer.wrap(("* 1 FETCH (UID 4 " + items + ")\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        if (responses.size() == 1 && responses.get(0) instanceof Response.Fetch fetch) {
            return fetch.data();
        }
        throw new AssertionError(responses.toString());
    }

    static Envelope envelope(String fields) {
        return EnvelopeDecoder.decode(
                Objects.requireNonNull(fetch("ENVELOPE (" + fields + ")").envelope()));
    }

    static BodyPart structure(String structure) {
        return StructureDecoder.decode(
                Objects.requireNonNull(fetch("BODYSTRUCTURE " + structure).structure()));
    }
}
