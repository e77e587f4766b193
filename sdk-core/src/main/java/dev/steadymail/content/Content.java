package dev.steadymail.content;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailId;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ContentSink} is given octets of. File names are private, so {@link #toString} shows none.
 *
 * @param email the email
 * @param part the part as the structure tells it, or null where the octets are the whole message (RFC 5322)
 * @param encoding the transfer encoding that the octets are still in, as nobody here knows it (RFC 2045 section 6.4); empty, as nearly
 *     always, where they are decoded
 */
public record Content(EmailId email, @Nullable BodyPart part, String encoding) {
    /** Returns the whole message of an email. */
    static Content whole(EmailId email) {
        return new Content(email, null, "");
    }

    /** Returns what names the content within its email: the part's id, empty for the whole message. */
    public String partId() {
        return part == null ? "" : part.partId();
    }

    @Override
    public String toString() {
        return "Content[" + email + ", " + (part == null ? "whole" : part.type()) + "]";
    }
}
