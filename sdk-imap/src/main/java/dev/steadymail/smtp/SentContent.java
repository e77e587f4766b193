package dev.steadymail.smtp;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MessageHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that is read again in pieces while it is sent. The last piece is handed out only after all of it was compared with what was
 * read the first time. Not thread-safe; holds two pieces.
 */
final class SentContent implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SentContent.class);

    private final PreparedMessage message;
    private final SentOctets octets;
    private byte[] ahead;
    private boolean last;

    private SentContent(PreparedMessage message, SentOctets octets) {
        this.message = message;
        this.octets = octets;
        this.ahead = new byte[0];
    }

    /** Opens a message; who opened it closes it. */
    static SentContent open(PreparedMessage message) {
        try {
            return new SentContent(message, SentOctets.of(message.content()));
        } catch (IOException unreadable) {
            throw MessageHeader.unreadable(unreadable);
        }
    }

    /**
     * Returns the next piece.
     *
     * @throws MailException STORAGE where the content cannot be read or is not what it was
     */
    ByteBuffer next(int most) {
        if (ahead.length == 0) {
            ahead = piece(most);
        }
        byte[] piece = ahead;
        ahead = piece(most);
        if (ahead.length == 0) {
            requireSame();
            last = true;
        }
        return ByteBuffer.wrap(piece);
    }

    /** Answers whether the piece that was returned is the last one. */
    boolean isLast() {
        return last;
    }

    private byte[] piece(int most) {
        try {
            byte[] piece = new byte[most];
            int count = octets.read(piece);
            if (octets.octets() > message.octets()) {
                throw changed();
            }
            return count == most ? piece : Arrays.copyOf(piece, count);
        } catch (IOException unreadable) {
            throw MessageHeader.unreadable(unreadable);
        }
    }

    private void requireSame() {
        if (octets.octets() != message.octets() || octets.checksum() != message.checksum()) {
            throw changed();
        }
    }

    private static MailException changed() {
        return MailException.builder(
                        Kind.STORAGE,
                        "the message's content changed while it was sent, and was not sent; leave it as it is until the end")
                .mayHaveTakenEffect(false)
                .build();
    }

    /** What was read is compared already, and how the message went must not be told by how its file closes. */
    @Override
    public void close() {
        try {
            octets.close();
        } catch (IOException unimportant) {
            LOG.debug("a message's content could not be closed", unimportant);
        }
    }
}
