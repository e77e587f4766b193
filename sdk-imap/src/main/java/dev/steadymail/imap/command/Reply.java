package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import java.util.Map;

/**
 * A response with the content that was streamed while it arrived.
 *
 * @param response what the server sent
 * @param contents octets of a FETCH response's sections, by upper-case name ({@code BODY[]} for example). A section whose octets were
 *     more than the command has room for is missing here, while {@code FetchData} tells its size. Not copied: the octets are the
 *     receiver's
 */
public record Reply(Response response, Map<String, byte[]> contents) {
    /** Returns a reply without content. */
    public static Reply of(Response response) {
        return new Reply(response, Map.of());
    }

    @Override
    public String toString() {
        return "Reply[" + response + "]";
    }
}
