package dev.steadymail.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads any message, well-formed or not, within limits. Nothing that a message holds makes it throw; only the stream's own failure
 * does. A message is read once from front to end, in time and memory that grow with it and end at the limits. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * ParsedEmail email = MimeReader.usual().read(mail.emails().raw(id));
 * String text = email.text();
 * }</pre>
 */
public final class MimeReader {
    private static final MimeReader USUAL = new MimeReader(MimeLimits.DEFAULT);

    private final MimeLimits limits;

    private MimeReader(MimeLimits limits) {
        this.limits = limits;
    }

    /** Returns the one with the default limits. */
    public static MimeReader usual() {
        return USUAL;
    }

    /** Returns one with other limits. */
    public static MimeReader within(MimeLimits limits) {
        return new MimeReader(limits);
    }

    /**
     * Reads a message, with embedded messages as parts that are not read further; read them by {@code read(part.open())}. Closes
     * nothing.
     *
     * @param message exact octets, with line ends of either kind
     * @throws IOException what the stream throws
     */
    public ParsedEmail read(InputStream message) throws IOException {
        Source source = new Source(message);
        TreeBuilder tree = new TreeBuilder(limits);
        try {
            tree.read(source);
        } catch (IOException failure) {
            // What mime4j throws by itself ends the reading; what was read until there stands.
            if (source.failure != null) {
                throw source.failure;
            }
        }
        return tree.email();
    }

    /**
     * Reads what the first {@code multipart/signed} of a message signs, in exact octets, for who verifies signatures. Reading the message by
     * {@link #read} shows that part's text and attachments as if it were not signed. Closes nothing.
     *
     * @param message exact octets
     * @return empty where nothing is signed in that way; a signed {@code application/pkcs7-mime} is an attachment as it is
     * @throws IOException what the stream throws
     */
    public Optional<SignedContent> readSigned(InputStream message) throws IOException {
        Source source = new Source(message);
        SignedReader signed = new SignedReader(limits);
        try {
            signed.read(source);
        } catch (IOException failure) {
            if (source.failure != null) {
                throw source.failure;
            }
        }
        return signed.content();
    }

    /** Remembers which failure is the stream's own. */
    private static final class Source extends FilterInputStream {
        private @Nullable IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException own) {
                failure = own;
                throw own;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException own) {
                failure = own;
                throw own;
            }
        }
    }
}
