package dev.steadymail.benchmarks.html;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Sanitizes every file of a folder into another one and prints a line of JSON with what that took. Arguments: the name of a contestant, the folder to read, the folder to write.
 */
public final class Sanitize {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 3;

    private final UnaryOperator<String> sanitize;
    private final List<String> in = new ArrayList<>();
    private final List<String> out = new ArrayList<>();
    private int thrown;

    private Sanitize(UnaryOperator<String> sanitize) {
        this.sanitize = sanitize;
    }

    public static void main(String[] args) throws IOException {
        Path to = Files.createDirectories(Path.of(args[2]));
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(args[1]))) {
            files = all.sorted().toList();
        }
        Sanitize run = new Sanitize(Contestants.named(args[0]));
        for (Path file : files) {
            run.in.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
        String figures = run.measured();
        for (int i = 0; i < files.size(); i++) {
            Files.write(to.resolve(files.get(i).getFileName()), run.out.get(i).getBytes(StandardCharsets.UTF_8));
        }
        System.out.println(figures);
    }

    private String measured() {
        for (int round = 0; round < WARM_UP; round++) {
            sanitizeAll();
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = System.nanoTime();
        sanitizeAll();
        nanos = System.nanoTime() - nanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        long chars = in.stream().mapToLong(String::length).sum();
        return "{\"texts\": %d, \"chars\": %d, \"charsOut\": %d, \"millis\": %d, \"bytesPerChar\": %.1f, \"thrown\": %d, "
                        .formatted(
                                in.size(),
                                chars,
                                chars(out),
                                nanos / 1_000_000,
                                (double) bytes / Math.max(1, chars),
                                thrown)
                + "\"changedAgain\": %d, \"lettersIn\": %d, \"lettersOut\": %d, \"textsWithLoss\": %d}"
                        .formatted(changedAgain(), letters(in), letters(out), textsWithLoss());
    }

    private void sanitizeAll() {
        out.clear();
        thrown = 0;
        for (String html : in) {
            out.add(sanitized(html));
        }
    }

    private String sanitized(String html) {
        try {
            return sanitize.apply(html);
        } catch (RuntimeException e) {
            // A contestant that throws is counted, and shows nothing.
            thrown++;
            return "";
        }
    }

    private long changedAgain() {
        return out.stream().filter(html -> !sanitized(html).equals(html)).count();
    }

    private long textsWithLoss() {
        long losses = 0;
        for (int i = 0; i < in.size(); i++) {
            losses += letters(out.get(i)) < letters(in.get(i)) ? 1 : 0;
        }
        return losses;
    }

    private static long chars(List<String> texts) {
        return texts.stream().mapToLong(String::length).sum();
    }

    private static long letters(List<String> texts) {
        return texts.stream().mapToLong(Sanitize::letters).sum();
    }

    /** Letters and digits that a reader sees. */
    private static int letters(String html) {
        Document document = Jsoup.parse(html);
        document.select("script, style, title, textarea, select, svg, math, template, noembed, iframe, noscript")
                .remove();
        return (int)
                document.text().codePoints().filter(Character::isLetterOrDigit).count();
    }
}
