package dev.steadymail.observability.micrometer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes what is made from the table of metrics: the tables of docs/metrics.md, the dashboard and the alert rules.
 * {@code MonitoringFilesTest} compares, and with {@code -Dsteadymail.write} calls this.
 */
final class MonitoringFiles {
    private static final String BEGIN = "<!-- made by MonitoringFiles, do not edit -->\n";
    private static final String END = "<!-- end -->\n";

    private MonitoringFiles() {}

    /**
     * Writes all files.
     *
     * @param arguments the repository's folder; by default the one above
     */
    public static void main(String... arguments) throws IOException {
        Path repository = Path.of(arguments.length == 0 ? ".." : arguments[0]);
        for (Map.Entry<Path, String> file : all(repository).entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue(), StandardCharsets.UTF_8);
        }
    }

    /** Returns what the files should be. */
    static Map<Path, String> all(Path repository) throws IOException {
        Path guide = repository.resolve("docs/metrics.md");
        Path monitoring = repository.resolve("deploy/monitoring");
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(guide, withTable(Files.readString(guide, StandardCharsets.UTF_8)));
        files.put(monitoring.resolve("grafana-dashboard.json"), DashboardJson.make());
        files.put(monitoring.resolve("prometheus-rules.yml"), AlertRules.yaml());
        return files;
    }

    private static String withTable(String guide) {
        int begin = guide.indexOf(BEGIN);
        int end = guide.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("docs/metrics.md has lost the marks around its tables");
        }
        return guide.substring(0, begin + BEGIN.length()) + MetricsTable.markdown() + guide.substring(end);
    }
}
