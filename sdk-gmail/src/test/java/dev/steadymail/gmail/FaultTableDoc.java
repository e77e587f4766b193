package dev.steadymail.gmail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of docs/gmail-faults.md. The one with a column GET is read row by row; in the others, names of tests are. */
final class FaultTableDoc {
    private static final Path DOC = Path.of("..", "docs", "gmail-faults.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");
    private static final List<String> MODULES = List.of("sdk-gmail", "sdk-oauth", "sdk-core", "sdk-testkit");

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final List<String> tests = new ArrayList<>();

    static FaultTableDoc read() {
        try {
            return new FaultTableDoc(Files.readAllLines(DOC));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private FaultTableDoc(List<String> lines) {
        List<String> columns = List.of();
        for (String line : lines) {
            Matcher test = TEST.matcher(line);
            while (test.find()) {
                tests.add(test.group(1) + "." + test.group(2));
            }
            List<String> cells = cells(line);
            if (cells.contains("GET")) {
                columns = cells;
            } else if (!line.startsWith("|")) {
                columns = List.of();
            } else if (!columns.isEmpty() && !line.startsWith("|-")) {
                rows.put(cells.get(0), row(columns, cells));
            }
        }
    }

    private static List<String> cells(String line) {
        return line.startsWith("|")
                ? Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList()
                : List.of();
    }

    private static Map<String, String> row(List<String> columns, List<String> cells) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i < columns.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        return row;
    }

    /** Returns a row by its fault; empty where there is none. */
    Map<String, String> row(String fault) {
        return rows.getOrDefault(fault, Map.of());
    }

    Set<String> faults() {
        return rows.keySet();
    }

    /** Returns tests as {@code Class.method}. */
    List<String> tests() {
        return tests;
    }

    static boolean exists(String test) {
        String[] names = test.split("\\.", -1);
        return MODULES.stream()
                .map(module -> Path.of("..", module, "src", "test", "java"))
                .anyMatch(root -> declares(root, names[0] + ".java", " " + names[1] + "("));
    }

    private static boolean declares(Path root, String file, String method) {
        try (var files = Files.walk(root)) {
            for (Path source : files.filter(one -> one.endsWith(file)).toList()) {
                if (Files.readString(source).contains(method)) {
                    return true;
                }
            }
            return false;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
