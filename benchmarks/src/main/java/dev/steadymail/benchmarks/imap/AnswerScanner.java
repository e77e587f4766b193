package dev.steadymail.benchmarks.imap;

import java.nio.charset.StandardCharsets;

/**
 * Finds the end of a command's answer and forgets the rest. It knows lines, literals (RFC 9051 section 4.3) and the tag, which counts only
 * where a line begins outside a literal. Not thread-safe.
 */
final class AnswerScanner {
    private static final int HEAD = 64;

    private final String tag;
    private final byte[] head = new byte[HEAD];
    private int headLength;
    private long literalLeft;
    private long announced;
    private boolean inBraces;
    private boolean closed;
    private boolean ended;
    private String status = "";
    private long messages;
    private long literalBytes;

    AnswerScanner(String tag) {
        this.tag = tag + " ";
    }

    /** Takes what came; returns whether the tagged line has ended. */
    boolean take(byte[] octets, int length) {
        int at = 0;
        while (at < length) {
            if (literalLeft > 0) {
                int skipped = (int) Math.min(literalLeft, length - at);
                literalLeft -= skipped;
                at += skipped;
            } else {
                take(octets[at++]);
            }
        }
        return ended;
    }

    private void take(byte octet) {
        if (octet == '\n') {
            endLine();
            return;
        }
        if (headLength < HEAD) {
            head[headLength++] = octet;
        }
        lookForLiteral(octet);
    }

    /** A literal is announced by a number in braces before the line's end, with a plus where it waits for nobody. */
    private void lookForLiteral(byte octet) {
        if (octet == '{') {
            inBraces = true;
            closed = false;
            announced = 0;
        } else if (inBraces && octet >= '0' && octet <= '9') {
            announced = 10 * announced + octet - '0';
        } else if (inBraces && octet == '}') {
            inBraces = false;
            closed = true;
        } else if (octet != '\r' && octet != '+') {
            inBraces = false;
            closed = false;
        }
    }

    private void endLine() {
        if (closed) {
            literalLeft = announced;
            literalBytes += announced;
        } else {
            endResponse(new String(head, 0, headLength, StandardCharsets.ISO_8859_1).strip());
            headLength = 0;
        }
        inBraces = false;
        closed = false;
    }

    private void endResponse(String line) {
        if (line.startsWith(tag)) {
            ended = true;
            status = line.substring(tag.length());
        } else if (line.startsWith("* ") && line.contains(" FETCH (")) {
            messages++;
        }
    }

    /** Returns whether the command succeeded. */
    boolean isOk() {
        return status.startsWith("OK");
    }

    /** Returns what the tagged line says, up to 64 octets of it; empty before its end. */
    String status() {
        return status;
    }

    /** Returns how many messages were told about. */
    long messages() {
        return messages;
    }

    /** Returns octets in literals. */
    long literalBytes() {
        return literalBytes;
    }
}
