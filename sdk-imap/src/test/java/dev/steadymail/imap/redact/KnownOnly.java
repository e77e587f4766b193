package dev.steadymail.imap.redact;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that a line is made of the vocabulary, numbers and lengths only. */
final class KnownOnly {
    private static final Pattern LENGTHS = Pattern.compile("<secret>|<[0-9]+>|\\{[0-9]+\\}| \\+[0-9]+$");
    private static final Pattern SIGNS = Pattern.compile("[ ()\\[\\]<>=]+");
    private static final Pattern NUMBERS = Pattern.compile("[0-9:,*.+]+|A[0-9]+|TAG|EARLIER|NIL");
    private static final List<Words> ALL = List.of(
            Words.COMMANDS,
            Words.FLAGS,
            Words.ATTRIBUTES,
            Words.FIELDS,
            Words.ITEMS,
            Words.COUNTERS,
            Words.RESPONSES,
            Words.CODES,
            Words.MECHANISMS,
            Words.CAPABILITIES,
            Words.CAPABILITY_VALUES);

    private KnownOnly() {}

    static void require(String line) {
        for (String token : SIGNS.split(LENGTHS.matcher(line).replaceAll(" "))) {
            if (!token.isEmpty() && !NUMBERS.matcher(token).matches()) {
                assertNotNull(known(token.replaceFirst("^[0-9.]+", "")), token + " in " + line);
            }
        }
    }

    private static @Nullable String known(String token) {
        for (Words words : ALL) {
            if (words.find(token) != null) {
                return token;
            }
        }
        return Words.ofCommand(token);
    }
}
