package dev.steadymail.server.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A request whose body is refused where it is too long, whether or not its length was stated. Up to 64 KiB it is read whole at first
 * use; where its route takes more, see {@link BodyUpTo}, it is streamed, and ends with {@link BodyTooLargeException} where the limit is passed. As every
 * request, for one thread.
 */
final class LimitedRequest extends HttpServletRequestWrapper {
    private static final int USUAL = 64 << 10;

    private @Nullable ServletInputStream body;

    LimitedRequest(HttpServletRequest request) {
        super(request);
    }

    /**
     * Returns the body.
     *
     * @throws BodyTooLargeException where it is known to be too long
     */
    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            long most = mostBytes();
            if (getContentLengthLong() > most) {
                throw new BodyTooLargeException(most);
            }
            InputStream sent = super.getInputStream();
            body = most <= USUAL ? whole(sent, (int) most) : new Body(new Counted(sent, most));
        }
        return body;
    }

    /** The route is known by the time that a body is read for it. */
    private long mostBytes() {
        Object route = getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
        BodyUpTo stated = route instanceof HandlerMethod method ? method.getMethodAnnotation(BodyUpTo.class) : null;
        return stated == null ? USUAL : stated.value();
    }

    private static ServletInputStream whole(InputStream sent, int most) throws IOException {
        byte[] bytes = sent.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new BodyTooLargeException(most);
        }
        return new Body(new ByteArrayInputStream(bytes));
    }

    /** As UTF-8, which JSON is (RFC 8259 section 8.1). */
    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    /** Counts what is read, and fails with the first byte over the limit. */
    private static final class Counted extends InputStream {
        private final InputStream sent;
        private final long most;
        private long left;

        Counted(InputStream sent, long most) {
            this.sent = sent;
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int octet = sent.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = sent.read(into, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw new BodyTooLargeException(most);
            }
        }
    }

    private static final class Body extends ServletInputStream {
        private final InputStream bytes;
        private boolean finished;

        Body(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int octet = bytes.read();
            finished = octet < 0;
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = bytes.read(into, offset, length);
            finished = read < 0;
            return read;
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read without listeners here");
        }
    }
}
