package dev.steadymail.imap;

import dev.steadymail.guard.Traffic;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Counts what a client sends: octets, and commands as a proxy in between would see them. A command is a line {@code tag SP name},
 * its literals and what follows them included; {@code DONE}, SASL lines and the octets of literals are none. Not thread-safe.
 */
final class CommandMeter extends FilterOutputStream {
    private static final int LONGEST_LITERAL_HEAD = 24;

    private final Traffic traffic;
    private final StringBuilder tail = new StringBuilder();
    private long literalLeft;
    private boolean continued;
    private boolean spaceSeen;

    CommandMeter(OutputStream out, Traffic traffic) {
        super(out);
        this.traffic = traffic;
    }

    @Override
    public void write(int octet) throws IOException {
        traffic.countBytes(1);
        follow((byte) octet);
        out.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        traffic.countBytes(length);
        for (int i = offset; i < offset + length; i++) {
            follow(octets[i]);
        }
        out.write(octets, offset, length);
    }

    private void follow(byte octet) {
        if (literalLeft > 0) {
            literalLeft--;
        } else if (octet == '\n') {
            endLine();
        } else if (octet != '\r') {
            spaceSeen |= octet == ' ';
            if (tail.length() == LONGEST_LITERAL_HEAD) {
                tail.deleteCharAt(0);
            }
            tail.append((char) (octet & 0xff));
        }
    }

    private void endLine() {
        if (!continued && spaceSeen) {
            traffic.countRequests(1);
        }
        literalLeft = Literals.announced(tail);
        continued = literalLeft >= 0;
        literalLeft = Math.max(0, literalLeft);
        spaceSeen = false;
        tail.setLength(0);
    }
}
