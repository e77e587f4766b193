package dev.steadymail.smtp;

import dev.steadymail.mail.RawContent;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A message's octets in the form in which they are sent: every line end of any kind is CRLF, the last line has one, and the fields Bcc
 * and Resent-Bcc are gone. What would be a line of its own to a receiver that takes a bare CR or LF for a line end is one here as well,
 * so that nobody reads another message than we do. Not thread-safe; holds a few kilobytes.
 */
final class SentOctets implements Closeable {
    /** What a header may have, with its Bcc fields. */
    static final int LONGEST_HEADER = 1 << 20;

    private static final int BLOCK = 8 << 10;
    private static final int LONGEST_NAME = 1_000;
    private static final String BLIND = "Bcc";
    private static final String RESENT_BLIND = "Resent-Bcc";

    private final InputStream source;
    private final @Nullable ByteArrayOutputStream header;
    private final byte[] raw = new byte[BLOCK];
    /** One octet can end a name that was held and become two. */
    private final byte[] ready = new byte[2 * BLOCK + LONGEST_NAME + 4];

    private final StringBuilder name = new StringBuilder();
    private final CRC32C checksum = new CRC32C();
    private int readyAt;
    private int readyEnd;
    private boolean ended;
    private boolean afterCr;
    private boolean lineStart = true;
    private boolean inHeader = true;
    private boolean naming;
    private boolean dropping;
    /** Whether the line before was the name of a Bcc field, whose colon may come on this one. */
    private boolean blindLine;

    private boolean blindBroken;
    private boolean eightBitHeader;
    private boolean eightBit;
    private boolean nul;
    private long octets;
    private long headerOctets;

    private SentOctets(InputStream source, @Nullable ByteArrayOutputStream header) {
        this.source = source;
        this.header = header;
    }

    static SentOctets of(RawContent content) throws IOException {
        return new SentOctets(content.open(), null);
    }

    /**
     * Opens a message.
     *
     * @param header takes the header with CRLF as line ends, its Bcc fields included, up to {@link #LONGEST_HEADER} and one octet
     */
    static SentOctets of(RawContent content, ByteArrayOutputStream header) throws IOException {
        return new SentOctets(content.open(), header);
    }

    /** Reads octets; fewer than there is room for only at the end, and none there. */
    int read(byte[] into) throws IOException {
        int count = 0;
        while (count < into.length && (readyAt < readyEnd || fill())) {
            int some = Math.min(into.length - count, readyEnd - readyAt);
            System.arraycopy(ready, readyAt, into, count, some);
            readyAt += some;
            count += some;
        }
        checksum.update(into, 0, count);
        octets += count;
        return count;
    }

    /** Returns how many octets were read. */
    long octets() {
        return octets;
    }

    /** Returns a checksum of the octets that were read. */
    long checksum() {
        return checksum.getValue();
    }

    boolean isEightBitInHeader() {
        return eightBitHeader;
    }

    boolean isEightBit() {
        return eightBit;
    }

    boolean holdsNul() {
        return nul;
    }

    /** Answers whether the name of a Bcc field goes on for too long or beyond its line, so that what follows might leave. */
    boolean isBlindBroken() {
        return blindBroken;
    }

    /** Answers whether the header goes beyond what is read of one. */
    boolean isHeaderTooLong() {
        return headerOctets > LONGEST_HEADER;
    }

    /** Answers whether anything was made ready. */
    private boolean fill() throws IOException {
        readyAt = 0;
        readyEnd = 0;
        while (readyEnd == 0 && !ended) {
            int count = source.read(raw);
            for (int i = 0; i < count; i++) {
                take(raw[i]);
            }
            if (count < 0) {
                ended = true;
                if (!lineStart) {
                    endLine();
                }
            }
        }
        return readyEnd > 0;
    }

    private void take(byte octet) {
        boolean secondHalf = afterCr && octet == '\n';
        afterCr = octet == '\r';
        if (secondHalf) {
            return;
        }
        if (octet == '\r' || octet == '\n') {
            endLine();
        } else {
            beginLine(octet);
            capture(octet);
            if (naming) {
                name(octet);
            } else {
                emit(octet);
            }
        }
    }

    /** A line that begins with white space goes on with the field before it (RFC 5322 section 2.2.3). */
    private void beginLine(byte octet) {
        if (lineStart && inHeader) {
            boolean folded = octet == ' ' || octet == '\t';
            dropping = folded && dropping;
            naming = !folded;
            blindBroken |= folded && blindLine;
            blindLine = false;
        }
        lineStart = false;
    }

    private void endLine() {
        if (naming) {
            blindLine = isBlind(name.toString());
            endName(false);
        }
        capture((byte) '\r');
        capture((byte) '\n');
        if (lineStart && inHeader) {
            inHeader = false;
            dropping = false;
        }
        emit((byte) '\r');
        emit((byte) '\n');
        lineStart = true;
    }

    /** Holds the name of a field until it is known whether the field goes; white space may stand before the colon (section 4.5). */
    private void name(byte octet) {
        name.append((char) (octet & 0xff));
        if (octet == ':') {
            endName(isBlind(name.substring(0, name.length() - 1)));
        } else if (!mayBecomeBlind()) {
            endName(false);
        } else if (name.length() == LONGEST_NAME) {
            // The colon may still come.
            blindBroken |= isBlind(name.toString());
            endName(false);
        }
    }

    private static boolean isBlind(String field) {
        return FieldName.is(BLIND, field) || FieldName.is(RESENT_BLIND, field);
    }

    private boolean mayBecomeBlind() {
        String begun = name.toString();
        return FieldName.mayBecome(BLIND, begun) || FieldName.mayBecome(RESENT_BLIND, begun);
    }

    private void endName(boolean blind) {
        naming = false;
        dropping = blind;
        for (int i = 0; i < name.length(); i++) {
            emit((byte) name.charAt(i));
        }
        name.setLength(0);
    }

    private void emit(byte octet) {
        if (dropping) {
            return;
        }
        nul |= octet == 0;
        if (octet < 0) {
            eightBit = true;
            eightBitHeader |= inHeader;
        }
        ready[readyEnd++] = octet;
    }

    private void capture(byte octet) {
        if (inHeader) {
            headerOctets++;
            if (header != null && headerOctets <= LONGEST_HEADER) {
                header.write(octet);
            }
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
