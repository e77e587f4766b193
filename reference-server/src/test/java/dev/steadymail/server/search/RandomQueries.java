package dev.steadymail.server.search;

import java.util.List;
import java.util.Random;

/** Texts that people and programs may type into a field for searches. */
final class RandomQueries {
    private static final List<String> PIECES = List.of(
            "\"",
            "'",
            "-",
            ":",
            " ",
            "OR",
            " OR ",
            "&",
            "|",
            "!",
            "<->",
            "(",
            ")",
            "*",
            "\\",
            "%",
            "_",
            "$1",
            "?",
            "::",
            ":p0",
            "from:",
            "to:",
            "subject:",
            "in:",
            "is:",
            "has:attachment",
            "before:",
            "after:2024-01-01",
            "larger:",
            "smaller:1M",
            "unread",
            "2024-02-30",
            "9999-99-99",
            "99999999999G",
            "the",
            "invoice",
            "Gr\u00fc\u00dfe",
            "\u4f1a\u8b70",
            "\u0301",
            "\uff05",
            "\ufdfa",
            "\ud83d\ude00",
            "\u2028",
            "A:B",
            "--",
            "/*",
            ";",
            "{",
            "}",
            "[",
            "]",
            "\u00e9\u0300",
            "a@b.example");

    private final Random random;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            query.append(
                    random.nextInt(5) == 0
                            ? String.valueOf((char) random.nextInt(Character.MAX_VALUE))
                            : PIECES.get(random.nextInt(PIECES.size())));
        }
        return query.length() > 500 ? query.substring(0, 500) : query.toString();
    }
}
