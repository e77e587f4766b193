package dev.steadymail.imap;

import dev.steadymail.imap.command.ContentSource;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.MessageHeader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way to a server, that remembers what went wrong at our end: to the connection it looks like its own end. Content
 * that is not as long as it was said to be is noticed before the command is complete, so that the server keeps none of it.
 */
final class CheckedSource implements ContentSource {
    private final RawContent content;
    private volatile @Nullable IOException failure;

    CheckedSource(RawContent content) {
        this.content = content;
    }

    RawContent content() {
        return content;
    }

    long size() {
        return content.size();
    }

    boolean failed() {
        return failure != null;
    }

    MailException failure() {
        IOException known = failure;
        return MessageHeader.unreadable(known == null ? new IOException("unknown") : known);
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return new Counted(content.open());
        } catch (IOException unreadable) {
            failure = unreadable;
            throw unreadable;
        }
    }

    private final class Counted extends FilterInputStream {
        private long left = content.size();

        Counted(InputStream octets) {
            super(octets);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                left -= Math.max(0, count);
                if (count < 0 && left > 0) {
                    throw new IOException("the content is shorter than it was said to be");
                }
                return count;
            } catch (IOException unreadable) {
                failure = unreadable;
                throw unreadable;
            }
        }

        /** Ends the command before its end where there is more; what went wrong before was told already. */
        @Override
        public void close() throws IOException {
            boolean more = left == 0 && super.read() >= 0;
            super.close();
            if (more) {
                failure = new IOException("the content is longer than it was said to be");
                throw failure;
            }
        }
    }
}
