package dev.steadymail.server.mail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A content that ends with a {@link MailException} of kind TOO_LARGE where it is longer than this server hands out. For one thread. */
final class LimitedContent extends FilterInputStream {
    private final long most;
    private long read;

    LimitedContent(InputStream content, long most) {
        super(content);
        this.most = most;
    }

    /**
     * Fails where a content is known to be too long.
     *
     * @param size octets; negative where unknown
     */
    static void require(long size, long most) {
        if (size > most) {
            throw tooLarge(most);
        }
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int octets = super.read(into, offset, length);
        count(Math.max(0, octets));
        return octets;
    }

    private void count(int octets) {
        read += octets;
        require(read, most);
    }

    private static MailException tooLarge(long most) {
        return MailException.of(
                Kind.TOO_LARGE,
                "this server hands out at most " + most
                        + " octets at once; steadymail.reading.largest-download allows more");
    }
}
