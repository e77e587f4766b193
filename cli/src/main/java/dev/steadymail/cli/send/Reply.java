package dev.steadymail.cli.send;

import dev.steadymail.MailClient;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.write.Answers;
import java.io.IOException;
import java.io.InputStream;

/**
 * Which email is answered, and whom the answer goes to.
 *
 * @param original the email that is answered
 * @param all whether the answer goes to all who got it
 */
public record Reply(EmailId original, boolean all) {
    /** Begins the answer: in its thread, with its text quoted. */
    public OutgoingEmail begin(MailClient client, EmailAddress from) {
        ParsedEmail read = read(client);
        return all ? Answers.replyAll(read, from) : Answers.reply(read, from);
    }

    private ParsedEmail read(MailClient client) {
        try (InputStream octets = client.emails().raw(original)) {
            return MimeReader.usual().read(octets);
        } catch (IOException cut) {
            if (cut.getCause() instanceof MailException known) {
                throw known;
            }
            throw MailException.of(Kind.NETWORK, "the message was cut off while it was read; try again", cut);
        }
    }
}
