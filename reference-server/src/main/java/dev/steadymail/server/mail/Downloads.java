package dev.steadymail.server.mail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Answers requests for files: whole as a stream, or one range (RFC 9110 section 14). How long a content is shows at its end only, so a range
 * is cut out on the way through it, and at most 1 MiB comes back of a longer one. Thread-safe.
 */
@Component
class Downloads {
    private static final int LARGEST_RANGE = 1 << 20;
    private static final int MOST_AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Where a browser opens a file all the same, it may do nothing in there. */
    private static final String INERT = "sandbox; default-src 'none'; frame-ancestors 'none'";

    private final long most;
    private final AtOnce ranges = new AtOnce(MOST_AT_ONCE, PATIENCE);

    Downloads(ReadingSettings settings) {
        this.most = settings.largestDownload().toBytes();
    }

    /**
     * Answers a request. A content that ends half way ends the connection, so that nobody takes it for the whole.
     *
     * @throws WrongRangeException where nothing of the range is there
     * @throws dev.steadymail.mail.MailException where the provider does not give the content, TOO_LARGE where it is too long
     */
    void answer(HttpServletRequest request, HttpServletResponse response, Download file, Supplier<InputStream> content)
            throws IOException {
        if (ETags.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), file.etag())) {
            response.setHeader(HttpHeaders.ETAG, file.etag());
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        LimitedContent.require(file.size(), most);
        Optional<ByteRange> range = range(request, file);
        try (InputStream in = new LimitedContent(content.get(), most)) {
            if (range.isPresent()) {
                part(response, file, slice(in, range.get()));
            } else {
                head(response, file);
                in.transferTo(response.getOutputStream());
            }
        }
    }

    /** A range is of the content that the client has a part of already, or it gets the whole. */
    private static Optional<ByteRange> range(HttpServletRequest request, Download file) {
        String of = request.getHeader(HttpHeaders.IF_RANGE);
        return of == null || of.equals(file.etag())
                ? ByteRange.parse(request.getHeader(HttpHeaders.RANGE))
                : Optional.empty();
    }

    private Slice slice(InputStream in, ByteRange range) {
        try {
            return ranges.run(() -> sliced(in, range));
        } catch (UncheckedIOException cut) {
            throw MailException.of(Kind.NETWORK, "the content could not be read to its end; try again", cut);
        }
    }

    private static Slice sliced(InputStream in, ByteRange range) {
        try {
            return Slice.read(in, range, LARGEST_RANGE);
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    private static void part(HttpServletResponse response, Download file, Slice slice) throws IOException {
        response.setHeader(HttpHeaders.CONTENT_RANGE, slice.place());
        if (slice.isEmpty()) {
            throw new WrongRangeException();
        }
        head(response, file);
        byte[] octets = slice.octets();
        response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        response.setContentLength(octets.length);
        response.getOutputStream().write(octets);
    }

    private static void head(HttpServletResponse response, Download file) {
        response.setContentType(file.type());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, file.disposition());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.ETAG, file.etag());
        response.setHeader("Content-Security-Policy", INERT);
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
