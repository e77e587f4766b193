package dev.steadymail.testkit.smtp;

import java.util.List;

/**
 * An answer of the server (RFC 5321 section 4.2).
 *
 * @param enhanced the code of RFC 2034; empty for answers that have none
 */
record SmtpReply(int code, String enhanced, List<String> lines) {

    static SmtpReply of(int code, String enhanced, String text) {
        return new SmtpReply(code, enhanced, List.of(text));
    }

    /** Returns the octets on the wire. */
    String octets(boolean withEnhancedCode) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            out.append(code).append(i == lines.size() - 1 ? ' ' : '-');
            if (withEnhancedCode && !enhanced.isEmpty()) {
                out.append(enhanced).append(' ');
            }
            out.append(lines.get(i)).append("\r\n");
        }
        return out.toString();
    }
}
