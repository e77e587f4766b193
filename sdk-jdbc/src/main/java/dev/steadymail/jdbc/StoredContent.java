package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RawContent;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** The octets of one outbox entry, read row by row, with no connection kept between rows. */
final class StoredContent implements RawContent {
    private static final String PART = "select octets from steadymail_content where outbox_id = ? and part = ?";

    private final Database database;
    private final long outboxId;
    private final long size;

    StoredContent(Database database, long outboxId, long size) {
        this.database = database;
        this.outboxId = outboxId;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return new Parts(part(0));
    }

    private byte[] part(int number) throws IOException {
        try {
            return database.read(session -> session.first(PART, StoredContent::octets, outboxId, number))
                    .orElseThrow(() -> new IOException("the message was dropped from the database meanwhile"));
        } catch (MailException failure) {
            throw new IOException("the message cannot be read from the database", failure);
        }
    }

    private static byte[] octets(ResultSet row) throws SQLException {
        return row.getBytes(1);
    }

    /** Hides where it is. */
    @Override
    public String toString() {
        return "StoredContent[" + size + " octets]";
    }

    private final class Parts extends InputStream {
        private byte[] part;
        private int position;
        private int next = 1;
        private long passed;

        Parts(byte[] first) {
            this.part = first;
        }

        @Override
        public int read() throws IOException {
            return fill() ? part[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, part.length - position);
            System.arraycopy(part, position, into, offset, count);
            position += count;
            return count;
        }

        /** Returns whether there is another octet. */
        private boolean fill() throws IOException {
            if (position < part.length) {
                return true;
            }
            if (passed + part.length >= size) {
                return false;
            }
            passed += part.length;
            part = part(next++);
            position = 0;
            return part.length > 0;
        }
    }
}
