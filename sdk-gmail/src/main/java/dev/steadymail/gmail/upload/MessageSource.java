package dev.steadymail.gmail.upload;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.MessageHeader;
import dev.steadymail.provider.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent, whole or in pieces, and remembers what went wrong at our end: to the connection that looks like its own
 * end. Used for one call; what is told is of the last time it was written.
 */
public final class MessageSource {
    private static final int BUFFER = 1 << 16;

    private final RawContent content;
    private final Submission submission;
    private volatile @Nullable IOException failure;

    public MessageSource(Submission submission) {
        this.submission = submission;
        this.content = submission.content();
    }

    /** Says that what is written next may be all that the server needs. */
    void leaving() throws NotLeavingException {
        try {
            submission.leaving();
        } catch (MailException forbidden) {
            throw new NotLeavingException(
                    forbidden.effect().isPresent()
                            ? forbidden
                            : forbidden.toBuilder().mayHaveTakenEffect(false).build());
        }
    }

    public RawContent content() {
        return content;
    }

    public long size() {
        return content.size();
    }

    /** Returns the failure that a call ended with: our own where the message could not be read, of which nothing came of. */
    public MailException explain(MailException failed) {
        IOException ours = failure;
        return ours == null ? failed : MessageHeader.unreadable(ours);
    }

    /**
     * Writes a piece.
     *
     * @param from the first octet
     * @param end the one after the last; at the message's end it is checked that there is no more
     */
    void write(long from, long end, OutputStream out) throws IOException {
        try (InputStream octets = opened(from)) {
            byte[] buffer = new byte[BUFFER];
            long left = end - from;
            while (left > 0) {
                int count = read(octets, buffer, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, count);
                left -= count;
            }
            if (end == content.size() && octets.read() >= 0) {
                throw noted(new IOException("the message is longer than it was said to be"));
            }
        }
    }

    private InputStream opened(long from) throws IOException {
        failure = null;
        InputStream octets;
        try {
            octets = content.open();
        } catch (IOException unreadable) {
            throw noted(unreadable);
        }
        try {
            octets.skipNBytes(from);
            return octets;
        } catch (IOException unreadable) {
            octets.close();
            throw noted(unreadable);
        }
    }

    private int read(InputStream octets, byte[] buffer, int most) throws IOException {
        int count;
        try {
            count = octets.read(buffer, 0, most);
        } catch (IOException unreadable) {
            throw noted(unreadable);
        }
        if (count < 0) {
            throw noted(new IOException("the message is shorter than it was said to be"));
        }
        return count;
    }

    private IOException noted(IOException ours) {
        failure = ours;
        return ours;
    }
}
