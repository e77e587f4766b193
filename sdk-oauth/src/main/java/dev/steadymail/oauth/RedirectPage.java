package dev.steadymail.oauth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What a person sees in the browser at the end of a login; it repeats nothing of the request. */
final class RedirectPage {
    private RedirectPage() {}

    /** Writes a page as far as the connection takes it at once, which is all of it for a client that reads. */
    static void write(SocketChannel channel, int status) throws IOException {
        byte[] body = ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Steadymail</title><p>"
                        + text(status) + "</p></html>\n")
                .getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Cache-Control: no-store\r\n"
                + "Content-Security-Policy: default-src 'none'\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "Connection: close\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer page = ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .flip();
        int unused = channel.write(page);
        channel.shutdownOutput();
    }

    private static String text(int status) {
        return switch (status) {
            case 200 -> "The answer has arrived. You can close this window and go back to where you started the login.";
            case 400 -> "This answer belongs to no login that is under way here. Start the login again.";
            default -> "There is nothing here.";
        };
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            default -> "Bad Request";
        };
    }
}
