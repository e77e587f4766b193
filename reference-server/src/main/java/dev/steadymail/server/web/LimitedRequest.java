package dev.steadymail.server.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is read at first use, whole, and refused over 64 KiB, whether or not its length was stated. As every
 * request, for one thread.
 */
final class LimitedRequest extends HttpServletRequestWrapper {
    private static final int MOST_BYTES = 64 << 10;

    private @Nullable ReadBody body;

    LimitedRequest(HttpServletRequest request) {
        super(request);
    }

    /**
     * Returns the body.
     *
     * @throws BodyTooLargeException where it is too long
     */
    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            byte[] bytes = super.getInputStream().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new BodyTooLargeException(MOST_BYTES);
            }
            body = new ReadBody(bytes);
        }
        return body;
    }

    /** As UTF-8, which JSON is (RFC 8259 section 8.1). */
    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class ReadBody extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        ReadBody(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
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
