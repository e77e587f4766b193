package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

/**
 * Octets of messages, in rows of {@value #PART} octets: drivers hold a whole value in memory, in both directions, and so never hold more
 * than that of a message.
 */
final class ContentTable {
    /** Octets of a row; the last one of a message has fewer. */
    static final int PART = 256 * 1024;

    private static final String ADD = "insert into steadymail_content (outbox_id, part, octets) values (?, ?, ?)";

    private ContentTable() {}

    /** Stores a message; one without octets is one empty row. */
    static void write(Session session, long outboxId, RawContent content) throws SQLException {
        try (InputStream in = content.open()) {
            long total = 0;
            int number = 0;
            for (byte[] part = in.readNBytes(PART); part.length > 0 || number == 0; part = in.readNBytes(PART)) {
                total += part.length;
                if (total > content.size()) {
                    break;
                }
                session.update(ADD, outboxId, number++, part);
            }
            if (total != content.size()) {
                throw MailException.of(
                        Kind.STORAGE,
                        "the message is not as long as it was said to be; its RawContent must tell the size");
            }
        } catch (IOException failure) {
            throw MailException.of(Kind.STORAGE, "the message cannot be read; look at where it is kept", failure);
        }
    }
}
