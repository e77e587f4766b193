package dev.steadymail.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationNamesTest {
    private static final Pattern IMAP = Pattern.compile(
            "(?:calls\\.(?:read|write|download|upload|hold|readBare)|Request\\.once)\\(\\s*\"([^\"]+)\"");
    private static final Pattern GMAIL = Pattern.compile(
            "(?:ApiCall\\.\\w+|new ApiCall<>|new UploadMethod)\\(\\s*\"([^\"]+)\"|String NAME = \"([a-z]+)\"");

    @Test
    void everyName_thatTheProvidersUse_isKnown() throws IOException {
        Set<String> used = new TreeSet<>(names("../sdk-imap/src/main/java", IMAP));
        used.addAll(names("../sdk-gmail/src/main/java", GMAIL));
        assertTrue(used.size() > 35, () -> "the sources are read in another way than they are written: " + used);
        Set<String> unknown = new TreeSet<>(used);
        unknown.removeAll(OperationNames.STANDARD.known());
        assertEquals(Set.of(), unknown);
    }

    private static Set<String> names(String folder, Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                }
            }
        }
        return names;
    }

    @Test
    void unknownName_isOther_untilItIsAdded() {
        assertEquals("other", OperationNames.STANDARD.of("ada@example.com"));
        assertEquals("UID FETCH", OperationNames.STANDARD.of("UID FETCH"));
        assertEquals(
                "folders.delta",
                OperationNames.STANDARD.with(List.of("folders.delta")).of("folders.delta"));
    }

    @Test
    void addedNames_areNamesOfOperations_andFew() {
        assertThrows(IllegalArgumentException.class, () -> OperationNames.STANDARD.with(List.of("ada@example.com")));
        List<String> many =
                IntStream.range(0, 300).mapToObj(n -> "operation" + n).toList();
        assertThrows(IllegalArgumentException.class, () -> OperationNames.STANDARD.with(many));
    }
}
