package dev.steadymail.server.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A request of which the body's SHA-256 is known once it was read, without keeping the body. As every request, for one thread. */
final class DigestedRequest extends HttpServletRequestWrapper {
    private final MessageDigest digest = sha256();
    private @Nullable ServletInputStream body;
    private byte @Nullable [] hash;

    DigestedRequest(HttpServletRequest request) {
        super(request);
    }

    /** Reads what nobody has read yet, and returns the SHA-256 of the whole body. */
    byte[] bodyHash() throws IOException {
        byte[] known = hash;
        if (known == null) {
            long unused = getInputStream().transferTo(OutputStream.nullOutputStream());
            known = digest.digest();
            hash = known;
        }
        return known.clone();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Digesting(super.getInputStream(), digest);
        }
        return body;
    }

    /** As UTF-8, which JSON is (RFC 8259 section 8.1). */
    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static final class Digesting extends ServletInputStream {
        private final ServletInputStream sent;
        private final MessageDigest digest;

        Digesting(ServletInputStream sent, MessageDigest digest) {
            this.sent = sent;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            int octet = sent.read();
            if (octet >= 0) {
                digest.update((byte) octet);
            }
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = sent.read(into, offset, length);
            if (read > 0) {
                digest.update(into, offset, read);
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return sent.available();
        }

        /** Whoever parsed the body may close it; the rest of it still counts. */
        @Override
        public void close() {
            // The container closes it.
        }

        @Override
        public boolean isFinished() {
            return sent.isFinished();
        }

        @Override
        public boolean isReady() {
            return sent.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read without listeners here");
        }
    }
}
