package dev.steadymail.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The fields of a header whose lines end with CRLF, in their order. Immutable; headers are content, so nothing is shown. */
final class HeaderFieldList {
    private static final byte DELETE = 0x7F;
    private static final Pattern FOLD = Pattern.compile("\r\n(?=[ \t])");
    private static final Pattern LINE = Pattern.compile("\r\n");

    private final String[] fields;

    private HeaderFieldList(String[] fields) {
        this.fields = fields;
    }

    /** Reads a header as UTF-8 (RFC 6532), and where it is not, with DEL for what is not ASCII, which no address may have. */
    static HeaderFieldList of(byte[] header) {
        return new HeaderFieldList(LINE.split(FOLD.matcher(text(header)).replaceAll("")));
    }

    private static String text(byte[] header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
        } catch (CharacterCodingException other) {
            byte[] known = header.clone();
            for (int i = 0; i < known.length; i++) {
                known[i] = known[i] < 0 ? DELETE : known[i];
            }
            return new String(known, StandardCharsets.US_ASCII);
        }
    }

    /** Returns the unfolded texts of all fields of a name, whatever its case. */
    List<String> all(String name) {
        List<String> texts = new ArrayList<>();
        for (String field : fields) {
            int colon = field.indexOf(':');
            if (colon > 0 && FieldName.is(name, field.substring(0, colon))) {
                texts.add(field.substring(colon + 1));
            }
        }
        return texts;
    }
}
