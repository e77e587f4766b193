package dev.steadymail.imap;

import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.ResponseReader;
import dev.steadymail.imap.codec.StatusText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one line of a server as the codec does. */
final class StatusLine {
    private StatusLine() {}

    static ResponseCode completion(String line) {
        return ResponseCode.of((Response.Completed) read(line));
    }

    static StatusText farewell(String line) {
        return ((Response.Untagged) read(line)).said();
    }

    private static Response read(String line) {
        List<Response> read = new ArrayList<>();
        new ResponseReader(CodecLimits.DEFAULTS, read::add)
                .feed(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        return read.get(0);
    }
}
