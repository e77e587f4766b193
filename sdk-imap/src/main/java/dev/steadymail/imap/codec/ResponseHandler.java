package dev.steadymail.imap.codec;

/** Takes what a server sends, in its order. Called by the thread that feeds the reader; must not block. */
public interface ResponseHandler {
    /** Takes a complete response, or one that could not be read. */
    void response(Response response);

    /**
     * Says who takes a section's literal, before the response that holds it is complete.
     *
     * @param message the message as far as the response tells until here: its UID where the server has sent it already, else 0
     * @param section what it is, as the server names it in upper case: {@code BODY[]}, {@code BODY[1.2]<0>}, {@code BINARY[2]}
     * @param size octets
     */
    default LiteralSink literal(MessageRef message, String section, long size) {
        return LiteralSink.DISCARD;
    }
}
