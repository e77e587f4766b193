package dev.steadymail.server.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Makes octets fit for mail (RFC 2045 section 6). */
final class TransferEncoding {
    private static final int LINE_LENGTH = 76;

    private TransferEncoding() {}

    /** Encodes as a Content-Transfer-Encoding says; 7bit and 8bit leave the octets as they are. */
    static byte[] encode(byte[] octets, String encoding) {
        return switch (encoding) {
            case "7bit", "8bit" -> octets;
            case "base64" -> Base64.getMimeEncoder().encode(octets);
            case "quoted-printable" -> quotedPrintable(octets);
            default -> throw new IllegalArgumentException("there is no transfer encoding " + encoding);
        };
    }

    private static byte[] quotedPrintable(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int column = 0;
        for (int at = 0; at < octets.length; at++) {
            if (octets[at] == '\r' || octets[at] == '\n') {
                out.write(octets[at]);
                column = 0;
                continue;
            }
            String token = token(octets, at);
            if (column + token.length() >= LINE_LENGTH) {
                out.writeBytes(new byte[] {'=', '\r', '\n'});
                column = 0;
            }
            out.writeBytes(token.getBytes(StandardCharsets.US_ASCII));
            column += token.length();
        }
        return out.toByteArray();
    }

    private static String token(byte[] octets, int at) {
        int octet = octets[at] & 0xff;
        boolean endsLine = at + 1 == octets.length || octets[at + 1] == '\r';
        boolean plain = (octet >= '!' && octet <= '~' && octet != '=') || (octet == ' ' && !endsLine);
        return plain ? String.valueOf((char) octet) : String.format(Locale.ROOT, "=%02X", octet);
    }
}
