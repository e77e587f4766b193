package dev.steadymail.mail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of an email to send. Its content and name are private, so {@link #toString} hides them.
 *
 * @param fileName what the recipient sees; controls in it become spaces
 * @param type the media type, for example {@code application/pdf}
 * @param content its octets, not encoded; read whenever the email is written
 * @param contentId by which an HTML text shows it, as {@code <img src="cid:...">}; null for an attachment
 */
public record OutgoingPart(
        String fileName,
        String type,
        RawContent content,
        @Nullable String contentId) {
    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]{1,127}";

    /**
     * @throws IllegalArgumentException where the type is none, or the Content-ID has white space or angle brackets
     */
    public OutgoingPart {
        String lower = type.toLowerCase(Locale.ROOT);
        if (!type.matches(TOKEN + "/" + TOKEN) || lower.startsWith("multipart/") || lower.startsWith("message/")) {
            throw new IllegalArgumentException(
                    "type must be a media type such as application/pdf, neither a multipart nor a message");
        }
        if (contentId != null && !contentId.matches("[!-;=?-~]{1,200}")) {
            throw new IllegalArgumentException("contentId must be ASCII without white space and angle brackets");
        }
    }

    @Override
    public String toString() {
        return "OutgoingPart[" + type + "]";
    }
}
