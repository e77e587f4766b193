package dev.steadymail.gmail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Watches a JSON text on its way to a parser and tells whether its outermost object was closed. Google's parser takes a text
 * that ends early for a complete one, and a list without its last lines would look like emails that are gone.
 */
final class JsonEnd extends FilterInputStream {
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean closed;

    JsonEnd(InputStream in) {
        super(in);
    }

    boolean isComplete() {
        return closed;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        if (octet >= 0) {
            watch(octet);
        }
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        for (int i = 0; i < count; i++) {
            watch(buffer[offset + i]);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void watch(int octet) {
        if (inString) {
            watchString(octet);
        } else if (octet == '"') {
            inString = true;
        } else if (octet == '{' || octet == '[') {
            depth++;
        } else if (octet == '}' || octet == ']') {
            depth--;
            closed |= depth == 0;
        }
    }

    private void watchString(int octet) {
        if (escaped) {
            escaped = false;
        } else if (octet == '\\') {
            escaped = true;
        } else if (octet == '"') {
            inString = false;
        }
    }
}
