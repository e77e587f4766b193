package dev.steadymail.content;

import java.io.InputStream;
import java.util.Set;

/** What octets of a part may be encoded in (RFC 2045 section 6). */
final class TransferEncoding {
    private static final Set<String> IDENTITIES = Set.of("", "7bit", "8bit", "binary");

    private TransferEncoding() {}

    /** Returns the decoded octets; the octets themselves where nothing is encoded, or in what nobody knows. */
    static InputStream decode(String encoding, InputStream octets) {
        return switch (encoding) {
            case "base64" -> new Base64Stream(octets);
            case "quoted-printable" -> new QuotedPrintableStream(octets);
            default -> octets;
        };
    }

    /** Returns what octets are in after {@link #decode}; empty where they are decoded. */
    static String left(String encoding) {
        boolean decoded =
                IDENTITIES.contains(encoding) || encoding.equals("base64") || encoding.equals("quoted-printable");
        return decoded ? "" : encoding;
    }
}
