package dev.steadymail.content;

import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.ParkedEmail;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Set;

/**
 * Where an application keeps content. A run uses it from its own thread; what is fetched on demand meanwhile from others, so an
 * implementation is thread-safe. Whatever it throws parks the email that it was about, and the others go on.
 *
 * <p>The one rule that everything rests on: {@link #write} keeps all of a content once its octets have ended, or nothing of it. Writing
 * what is held again replaces it.
 */
public interface ContentSink {
    /**
     * Returns which of these emails need nothing more.
     *
     * @param wanted what is wanted of each; an email {@linkplain #completed completed} for something that {@linkplain Wanted#covers
     *     covers} it is complete
     */
    Set<EmailId> complete(Collection<EmailId> emails, Wanted wanted) throws IOException;

    /**
     * Returns whether a content is held.
     *
     * @param partId names the part; empty for the whole message
     */
    boolean holds(EmailId email, String partId) throws IOException;

    /**
     * Keeps one content.
     *
     * @param octets to be read to their end, and closed by the caller. They fail with {@link IOException} before the end where not all
     *     came, or not what the structure told: then nothing may be kept
     * @throws IOException where they cannot be kept
     */
    void write(Content content, InputStream octets) throws IOException;

    /** Notes that everything wanted of an email is held now, so that a later run asks nobody about it. */
    void completed(EmailId email, Wanted wanted) throws IOException;

    /** Hears of an email that could not be read or kept; later runs try it again. Does nothing by default. */
    default void parked(ParkedEmail email) {}
}
