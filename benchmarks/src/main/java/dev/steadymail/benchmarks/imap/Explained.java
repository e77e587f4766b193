package dev.steadymail.benchmarks.imap;

import jakarta.mail.internet.MimeUtility;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Why a value is not the one that Angus Mail gives. Each class is tested on both values, so that nothing else hides in it. */
enum Explained {
    /** Octets beyond ASCII. */
    UTF8_OCTETS("raw UTF-8 is read as such; Angus hands octets on as Latin-1 characters") {
        @Override
        boolean covers(String field, String own, String angus) {
            return own.equals(utf8(angus));
        }
    },
    EMPTY_FILE_NAME("a file name that is stated and empty is empty; to Angus it is none") {
        @Override
        boolean explains(String field, @Nullable String own, @Nullable String angus) {
            return field.equals("part: file name") && "".equals(own) && angus == null;
        }
    },
    NAME_OF_ONE_LINE("line breaks within names are folding or forged; Angus hands them on") {
        @Override
        boolean covers(String field, String own, String angus) {
            return field.endsWith(": name") && !own.equals(angus) && own.equals(MimeUtility.unfold(angus));
        }
    },
    EMPTY_TYPE(
            "a type of no letters is application/octet-stream, as one that is not stated; Angus hands on a mere slash") {
        @Override
        boolean covers(String field, String own, String angus) {
            return field.equals("part: type") && angus.equals("/") && own.equals("application/octet-stream");
        }
    };

    private final String text;

    Explained(String text) {
        this.text = text;
    }

    /** Returns the reason, in one line without tabs. */
    String text() {
        return text;
    }

    /** Returns the first class that covers two unequal values, or null where none does. */
    static @Nullable Explained of(String field, @Nullable String own, @Nullable String angus) {
        for (Explained each : values()) {
            if (each.explains(field, own, angus)) {
                return each;
            }
        }
        return null;
    }

    boolean explains(String field, @Nullable String own, @Nullable String angus) {
        return own != null && angus != null && covers(field, own, angus);
    }

    /** Returns whether two values that are there differ for this reason only. */
    boolean covers(String field, String own, String angus) {
        return false;
    }

    /** Octets as Latin-1 characters, as the UTF-8 that they are, or as they came where they are none. */
    private static String utf8(String text) {
        if (text.chars().anyMatch(c -> c > 0xff)) {
            return text;
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException latin1) {
            return text;
        }
    }
}
