package dev.steadymail.provider;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import java.io.IOException;
import java.io.InputStream;

/** Receives raw messages one after the other, on the calling thread. */
public interface RawVisitor {
    /**
     * Takes one message.
     *
     * @param email its state when it was read, {@code size} being exact
     * @param content its exact octets, owned by the provider and good until this method returns
     * @throws IOException where the octets cannot be stored; ends the whole call with kind STORAGE
     */
    void message(Email email, InputStream content) throws IOException;

    /** Takes one email that exists but cannot be read; the others go on. */
    void unreadable(EmailId id, MailException reason);
}
