package dev.steadymail.server.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a service writes: begun anew at its start, with the one before kept beside it, and asked for the reason when it fails. */
final class ServiceLog {
    private static final int TAIL_BYTES = 8192;
    private static final int MAX_CHARS = 300;
    /** What ended it says more than what went wrong on the way, and that more than the last line. */
    private static final List<Pattern> COMPLAINTS = List.of(
            Pattern.compile("PANIC|FATAL"), Pattern.compile("(?i)error|could not|can't|cannot|failed|no such file"));

    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}+");

    private final Path file;

    ServiceLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Puts the log of the last run aside as {@code .1}, in place of the one before: it tells how that run ended. */
    void begin() throws IOException {
        if (Files.exists(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Returns whether the last lines hold this text. */
    boolean says(String text) {
        return tail().contains(text);
    }

    /** Returns the last line that sounds like a reason, cut short, and where to read more; without lines, the failure. */
    String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return reason(String.valueOf(root.getMessage()));
    }

    /** Returns the last line that sounds like a reason, cut short, and where to read more. */
    String reason(String otherwise) {
        List<String> lines = tail().lines().filter(line -> !line.isBlank()).toList();
        String reason = COMPLAINTS.stream()
                .flatMap(complaint -> last(lines, complaint).stream())
                .findFirst()
                .orElseGet(() -> lines.isEmpty() ? otherwise : lines.get(lines.size() - 1));
        String clean = UNPRINTABLE.matcher(reason).replaceAll(" ").strip();
        return clean.substring(0, Math.min(clean.length(), MAX_CHARS)) + " (" + file + ")";
    }

    private static Optional<String> last(List<String> lines, Pattern complaint) {
        return lines.stream().filter(line -> complaint.matcher(line).find()).reduce((before, after) -> after);
    }

    private String tail() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, log.length())];
            log.seek(log.length() - bytes.length);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
