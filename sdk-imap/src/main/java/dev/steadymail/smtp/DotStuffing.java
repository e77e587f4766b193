package dev.steadymail.smtp;

import java.nio.ByteBuffer;

/** Doubles the dot at the begin of a line (RFC 5321 section 4.5.2), whatever pieces the lines come in. Lines end with CRLF. Not thread-safe. */
final class DotStuffing {
    private boolean lineStart = true;

    /** Returns the octets with their dots doubled; what is passed is used up. */
    ByteBuffer stuff(ByteBuffer octets) {
        boolean start = lineStart;
        int more = 0;
        for (int i = octets.position(); i < octets.limit(); i++) {
            byte octet = octets.get(i);
            more += start && octet == '.' ? 1 : 0;
            start = octet == '\n';
        }
        return more == 0 ? unchanged(octets, start) : doubled(octets, more);
    }

    private ByteBuffer unchanged(ByteBuffer octets, boolean start) {
        lineStart = start;
        return octets;
    }

    private ByteBuffer doubled(ByteBuffer octets, int more) {
        ByteBuffer stuffed = ByteBuffer.allocate(octets.remaining() + more);
        while (octets.hasRemaining()) {
            byte octet = octets.get();
            if (lineStart && octet == '.') {
                stuffed.put(octet);
            }
            stuffed.put(octet);
            lineStart = octet == '\n';
        }
        return stuffed.flip();
    }
}
