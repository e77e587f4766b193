package dev.steadymail.gmail.upload;

import com.google.api.client.http.HttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What is said of a message, as JSON, and the message, in one body (RFC 2387), which is never whole in memory. */
public final class MultipartBody implements HttpContent {
    private final MessageSource message;
    private final String boundary = "message-" + UUID.randomUUID();
    private final byte[] head;
    private final byte[] tail;

    public MultipartBody(String json, MessageSource message) {
        this.message = message;
        this.head = octets("--" + boundary + "\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n" + json
                + "\r\n--" + boundary + "\r\nContent-Type: message/rfc822\r\n\r\n");
        this.tail = octets("\r\n--" + boundary + "--\r\n");
    }

    @Override
    public long getLength() {
        return head.length + message.size() + tail.length;
    }

    @Override
    public String getType() {
        return "multipart/related; boundary=" + boundary;
    }

    /** It is sent again as another request only, through the guard. */
    @Override
    public boolean retrySupported() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        message.leaving();
        out.write(head);
        message.write(0, message.size(), out);
        out.write(tail);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
