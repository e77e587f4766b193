package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The header fields that are read; the values of all others are never made. */
final class HeaderName {
    private static final String[] READ = {
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "Bcc",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Content-Type",
        "Content-Disposition",
        "Content-ID"
    };

    private HeaderName() {}

    /** Returns the name as we write it, or null for one that is not read. */
    static @Nullable String of(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return null;
        }
        char[] text = json.getTextCharacters();
        int from = json.getTextOffset();
        int length = json.getTextLength();
        for (String name : READ) {
            if (name.length() == length && equal(name, text, from)) {
                return name;
            }
        }
        return null;
    }

    /** Field names are ASCII; RFC 5322 section 1.2.2 has them without regard to case. */
    private static boolean equal(String name, char[] text, int from) {
        for (int i = 0; i < name.length(); i++) {
            if (lower(name.charAt(i)) != lower(text[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
