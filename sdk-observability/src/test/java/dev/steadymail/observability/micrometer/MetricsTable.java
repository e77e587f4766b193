package dev.steadymail.observability.micrometer;

import dev.steadymail.observability.OperationNames;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of docs/metrics.md. */
final class MetricsTable {
    private MetricsTable() {}

    static String markdown() {
        StringBuilder table =
                new StringBuilder("| metric | type | tags | rows at most | what |\n|---|---|---|---|---|\n");
        for (Metric metric : Metric.values()) {
            table.append("| `%s`<br>`%s` | %s | %s | %,d | %s |%n"
                    .formatted(
                            metric.meterName(),
                            String.join("` `", PrometheusNames.all(metric)),
                            type(metric),
                            tags(metric),
                            metric.rows(OperationNames.STANDARD),
                            metric.meaning()));
        }
        return table.append("\n| tag | of | words |\n|---|---|---|\n")
                .append(words())
                .toString();
    }

    private static String type(Metric metric) {
        String type = metric.type().name().toLowerCase(Locale.ROOT);
        return metric.type() == Metric.Type.TIMER ? type + ", seconds" : type;
    }

    private static String tags(Metric metric) {
        return metric.tags().stream().map(tag -> "`" + tag.key() + "`").collect(Collectors.joining(" "));
    }

    private static String words() {
        StringBuilder rows = new StringBuilder();
        for (Tag tag : Tag.values()) {
            List<String> of = List.of(Metric.values()).stream()
                    .filter(metric -> metric.tags().contains(tag))
                    .map(metric -> "`" + metric.meterName() + "`")
                    .toList();
            rows.append(
                    "| `%s`, %s | %s | %s |%n".formatted(tag.key(), tag.meaning(), String.join(" ", of), words(tag)));
        }
        return rows.toString();
    }

    private static String words(Tag tag) {
        return "`" + String.join("` `", tag.words(OperationNames.STANDARD)) + "`";
    }
}
