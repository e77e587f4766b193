package dev.steadymail.html;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The HTML of the shared corpus: bodies of mail, and lists of what attackers wrote. */
final class Corpus {
    private static final Pattern INPUT = Pattern.compile("\"input\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w.:-]+)", Pattern.CASE_INSENSITIVE);

    private Corpus() {}

    /** One text, with where it comes from. */
    record Text(String source, String html) {
        @Override
        public String toString() {
            return source;
        }
    }

    /** Skips the test, with the reason, where there is no corpus. */
    static Path root() {
        String shared = System.getenv("STEADYMAIL_SHARED");
        Path root = (shared == null ? Path.of("..", "..", "shared") : Path.of(shared)).resolve("corpus");
        assumeTrue(Files.isDirectory(root), "no corpus: set STEADYMAIL_SHARED to the folder that holds it");
        return root;
    }

    static List<Text> bodies() throws IOException, MessagingException {
        List<Text> texts = new ArrayList<>();
        for (Path file : files(root(), ".eml")) {
            MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(Files.readAllBytes(file)));
            collect(message, root().relativize(file).toString(), texts);
        }
        return texts;
    }

    static List<Text> vectors() throws IOException {
        Path folder = root().resolve("html-hostile").resolve("vectors");
        List<Text> texts = new ArrayList<>();
        for (Path file : files(folder, "")) {
            String content = Files.readString(file);
            String name = file.getFileName().toString();
            if (name.endsWith(".json")) {
                Matcher matcher = INPUT.matcher(content);
                while (matcher.find()) {
                    texts.add(new Text(name + "#" + texts.size(), unescaped(matcher.group(1))));
                }
            } else if (content.contains("\n--\n")) {
                texts.add(new Text(name, content.substring(0, content.indexOf("\n--\n"))));
            } else {
                content.lines().forEach(line -> texts.add(new Text(name + "#" + texts.size(), line)));
            }
        }
        return texts;
    }

    /** JSON's escapes are Java's, but for one. */
    private static String unescaped(String json) {
        Matcher matcher = UNICODE.matcher(json);
        String plain = matcher.replaceAll(each -> Matcher.quoteReplacement(
                String.valueOf((char) Integer.parseInt(each.group(1), 16)).replace("\\", "\\\\")));
        return plain.replace("\\/", "/").translateEscapes();
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(each -> each.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static void collect(Part part, String source, List<Text> into) {
        try {
            if (part.isMimeType("text/html")) {
                into.add(new Text(source, new String(part.getInputStream().readAllBytes(), charset(part))));
            } else if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    collect(parts.getBodyPart(i), source, into);
                }
            } else if (part.getContent() instanceof Part inner) {
                collect(inner, source, into);
            }
        } catch (IOException | MessagingException e) {
            // Some messages of the corpus are broken on purpose; the bodies before that count.
            return;
        }
    }

    private static Charset charset(Part part) throws MessagingException {
        Matcher matcher = CHARSET.matcher(part.getContentType());
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
