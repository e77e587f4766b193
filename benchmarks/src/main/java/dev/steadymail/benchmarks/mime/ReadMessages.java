package dev.steadymail.benchmarks.mime;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads each file of a folder as a message and writes a line of JSON about each, for {@code bin/rig mime}: its subject, the addresses it
 * is from, and of each part that is no multipart the type, the file name and the SHA-256 of the content without line ends' differences.
 */
public final class ReadMessages {
    private ReadMessages() {}

    public static void main(String[] arguments) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            for (Path file : all.sorted().toList()) {
                System.out.println(line(file));
            }
        }
    }

    private static String line(Path file) throws IOException {
        try (InputStream octets = Files.newInputStream(file)) {
            ParsedEmail email = MimeReader.usual().read(octets);
            List<EmailAddress> from = email.envelope().from();
            return "{\"file\": " + text(file.getFileName().toString())
                    + ", \"subject\": " + text(email.envelope().subject())
                    + ", \"from\": "
                    + array(from.stream().map(EmailAddress::address).map(ReadMessages::text))
                    + ", \"limits\": " + array(email.limits().stream().map(limit -> text(limit.name())))
                    + ", \"parts\": "
                    + array(email.root()
                            .walk()
                            .filter(part -> !part.isMultipart())
                            .map(ReadMessages::part))
                    + "}";
        }
    }

    private static String part(ParsedPart part) {
        String name = part.fileName();
        return array(Stream.of(text(part.type()), name == null ? "null" : text(name), text(digest(part))));
    }

    private static String digest(ParsedPart part) {
        byte[] octets;
        try (InputStream content = part.open()) {
            octets = content.readAllBytes();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        int end = octets.length;
        while (end > 0 && (octets[end - 1] == '\n' || octets[end - 1] == '\r')) {
            end--;
        }
        MessageDigest digest = sha256();
        for (int i = 0; i < end; i++) {
            if (octets[i] != '\r') {
                digest.update(octets[i]);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String array(Stream<String> items) {
        return items.collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
