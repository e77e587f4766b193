package dev.steadymail.server.mail;

import java.util.UUID;

/**
 * Somebody read the text of an email, of the organisation that the thread works for.
 *
 * @param text what was shown, at most its first 100,000 characters, in a form that the database takes
 */
public record EmailTextRead(UUID email, String text) {
    private static final int MOST = 100_000;

    public EmailTextRead {
        text = StorableText.clean(text.length() <= MOST ? text : text.substring(0, MOST));
    }

    @Override
    public String toString() {
        return "EmailTextRead[" + email + "]";
    }
}
