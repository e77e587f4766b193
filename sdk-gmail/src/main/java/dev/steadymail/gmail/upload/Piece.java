package dev.steadymail.gmail.upload;

import com.google.api.client.http.HttpContent;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A piece of a message for a resumable upload.
 *
 * @param message the whole
 * @param from its first octet
 * @param end the one after its last; greater than {@code from}
 */
public record Piece(MessageSource message, long from, long end) implements HttpContent {
    /** Returns whether the message is complete with it, and so may be acted on. */
    public boolean isLast() {
        return end == message.size();
    }

    /** Returns the value of its Content-Range field (RFC 9110 section 14.4). */
    public String range() {
        return "bytes " + from + "-" + (end - 1) + "/" + message.size();
    }

    @Override
    public long getLength() {
        return end - from;
    }

    @Override
    public String getType() {
        return "message/rfc822";
    }

    @Override
    public boolean retrySupported() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (isLast()) {
            message.leaving();
        }
        message.write(from, end, out);
    }
}
