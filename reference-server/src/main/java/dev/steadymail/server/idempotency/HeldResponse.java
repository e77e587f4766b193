package dev.steadymail.server.idempotency;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A response that holds its body back, up to 64 KiB, so that the answer can be kept before the client sees it; from there on it goes
 * through. As every response, for one thread.
 */
final class HeldResponse extends HttpServletResponseWrapper {
    private static final int MOST_HELD = 64 << 10;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final Output output = new Output();
    private final Runnable beforeBody;
    private @Nullable PrintWriter writer;
    private boolean released;
    private boolean sentError;

    /**
     * Holds a response back.
     *
     * @param beforeBody is done before any of the body goes through: afterwards nothing of the request can be read any more
     */
    HeldResponse(HttpServletResponse response, Runnable beforeBody) {
        super(response);
        this.beforeBody = beforeBody;
    }

    /** Returns the body so far, or null where it was too long to be held. */
    byte @Nullable [] body() {
        if (writer != null) {
            writer.flush();
        }
        return released ? null : held.toByteArray();
    }

    /** Returns whether the container makes the answer, which is then none of ours. */
    boolean isSentError() {
        return sentError;
    }

    /** Lets the body go; what is written from now on goes through. */
    void release() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        letGo();
    }

    private void letGo() throws IOException {
        if (!released) {
            beforeBody.run();
            released = true;
            if (held.size() > 0) {
                held.writeTo(getResponse().getOutputStream());
            }
        }
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
        }
        return writer;
    }

    @Override
    public void sendError(int status) throws IOException {
        sentError = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sentError = true;
        super.sendError(status, message);
    }

    @Override
    public void flushBuffer() throws IOException {
        if (released) {
            super.flushBuffer();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        held.reset();
    }

    @Override
    public void reset() {
        super.reset();
        held.reset();
    }

    private final class Output extends ServletOutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (!released && held.size() + length > MOST_HELD) {
                letGo();
            }
            if (released) {
                getResponse().getOutputStream().write(from, offset, length);
            } else {
                held.write(from, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (released) {
                getResponse().getOutputStream().flush();
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("answers to requests with a key are written without listeners");
        }
    }
}
