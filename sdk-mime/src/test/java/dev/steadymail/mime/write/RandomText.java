package dev.steadymail.mime.write;

import dev.steadymail.mail.OutgoingEmail;
import java.util.Random;

/** Texts as people and attackers write them, without what a header cannot hold: controls, and white space at the ends. */
final class RandomText {
    private static final String[] PIECES = {
        "a",
        "word",
        " ",
        "  ",
        "é",
        "ß",
        "你好",
        "😀",
        "\"",
        "\\",
        "=?",
        "?=",
        "=?utf-8?q?x?=",
        "<",
        ">",
        ",",
        ";",
        ":",
        "@",
        "(",
        ")",
        "%41",
        "*0*=",
        "'",
        "=3D",
        ".",
        "-- ",
        "x".repeat(80),
        "é".repeat(60),
    };

    private static final String[] LOCAL = {
        "a",
        "ß",
        "jo\u0308",
        "你",
        "😀",
        "\u760d",
        "\u760a",
        "क्\u200dष",
        "+",
        "=?utf-8?q?x?=",
        " ",
        "\\\"",
        "\\\\",
        ",",
        "<",
        ">",
        "@",
        "(",
    };

    private RandomText() {}

    static String line(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString().strip();
    }

    /** An address that can be sent to, in ASCII or beyond. */
    static String address(Random random) {
        while (true) {
            StringBuilder local = new StringBuilder();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                local.append(LOCAL[random.nextInt(LOCAL.length)]);
            }
            String address = (random.nextBoolean() ? local : "\"" + local + '"') + "@example.com";
            if (OutgoingEmail.accepts(address)) {
                return address;
            }
        }
    }

    static String lines(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(line(random))
                    .append(random.nextInt(4) == 0 ? " \t" : "")
                    .append('\n');
        }
        return text.append("end").toString();
    }
}
