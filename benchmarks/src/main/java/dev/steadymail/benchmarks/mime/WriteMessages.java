package dev.steadymail.benchmarks.mime;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mime.write.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;

/**
 * Writes random emails into a folder, for {@code bin/rig mime}, which reads them by another parser. Arguments: the folder, how many, the
 * seed. Each gets a line on standard output: file, subject, author's name, text, file name, content and author's address, in base64. Half of
 * the addresses need UTF-8.
 */
public final class WriteMessages {
    private static final String[] PIECES = {
        "a",
        "word",
        " ",
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
        "'",
        "=3D",
        ".",
        "-- ",
        "From ",
        "\r\nBcc: x@example.net",
        "\u760d\u760a",
        "x".repeat(80),
        "é".repeat(60),
    };

    private static final String[] LOCAL = {
        "ada", "ß", "jo\u0308", "你", "😀", "\u760d", "\u760a", "क्\u200dष", "+", ".", " ", ",", "<", ">", "@", "(",
    };

    private final Random random;

    private WriteMessages(long seed) {
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException {
        WriteMessages messages = new WriteMessages(Long.parseLong(arguments[2]));
        for (int number = 0; number < Integer.parseInt(arguments[1]); number++) {
            System.out.println(messages.write(Path.of(arguments[0], number + ".eml")));
        }
    }

    private String write(Path file) throws IOException {
        String subject = line();
        String name = line();
        String text = line() + "\n" + line() + "\n.\nend";
        String fileName = line();
        byte[] content = new byte[random.nextInt(3_000)];
        random.nextBytes(content);
        OutgoingEmail email = OutgoingEmail.from(new EmailAddress(name, address()))
                .to(new EmailAddress(line(), "bob@example.org"), new EmailAddress(null, "eve@example.net"))
                .subject(subject)
                .text(text)
                .html("<p>" + text + "</p>")
                .with(new OutgoingPart(fileName, "application/pdf", RawContent.of(content), null));
        try (OutputStream out = Files.newOutputStream(file)) {
            MessageWriter.create(InstantSource.system()).write(email, out);
        }
        return String.join(
                " ",
                file.getFileName().toString(),
                encoded(subject),
                encoded(name),
                encoded(text),
                encoded(fileName),
                Base64.getEncoder().encodeToString(content),
                encoded(email.from().address()));
    }

    private String address() {
        while (random.nextBoolean()) {
            StringBuilder local = new StringBuilder();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                local.append(LOCAL[random.nextInt(LOCAL.length)]);
            }
            String address = (random.nextBoolean() ? local : "\"" + local + '"') + "@example.com";
            if (OutgoingEmail.accepts(address)) {
                return address;
            }
        }
        return "ada@example.com";
    }

    private String line() {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.append('x').toString();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
