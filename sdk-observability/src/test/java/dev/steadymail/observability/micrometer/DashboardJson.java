package dev.steadymail.observability.micrometer;

import static dev.steadymail.observability.micrometer.PrometheusNames.bucket;
import static dev.steadymail.observability.micrometer.PrometheusNames.count;
import static dev.steadymail.observability.micrometer.PrometheusNames.max;
import static dev.steadymail.observability.micrometer.PrometheusNames.now;
import static dev.steadymail.observability.micrometer.PrometheusNames.sum;
import static dev.steadymail.observability.micrometer.PrometheusNames.total;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** The dashboard for Grafana. */
final class DashboardJson {
    private static final String OF = "provider=~\"$provider\"";
    private static final String EVER = "[$__rate_interval]";
    private static final int COLUMNS = 3;
    private static final int WIDTH = 8;
    private static final int HEIGHT = 8;

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;
    private int id;
    private int y;

    private DashboardJson() throws IOException {
        json = new JsonFactory().createGenerator(text);
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        json.setPrettyPrinter(
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
    }

    static String make() throws IOException {
        DashboardJson dashboard = new DashboardJson();
        dashboard.write();
        dashboard.json.close();
        return dashboard.text + "\n";
    }

    static List<Section> sections() {
        return List.of(
                new Section(
                        "Requests",
                        List.of(
                                new Panel("Attempts by outcome", "reqps", by("outcome", rate(count(Metric.REQUESTS)))),
                                new Panel(
                                        "Share of attempts that fail",
                                        "percentunit",
                                        by(
                                                "provider",
                                                "sum by (provider) (rate(%s{%s, outcome=~\"%s\"}%s)) / sum by (provider) (rate(%s{%s}%s))"
                                                        .formatted(
                                                                count(Metric.REQUESTS),
                                                                OF,
                                                                AlertRules.TROUBLE,
                                                                EVER,
                                                                count(Metric.REQUESTS),
                                                                OF,
                                                                EVER))),
                                new Panel(
                                        "Time of an attempt",
                                        "s",
                                        percentile(0.5, Metric.REQUESTS),
                                        percentile(0.95, Metric.REQUESTS),
                                        percentile(0.99, Metric.REQUESTS)),
                                new Panel(
                                        "Attempts by operation",
                                        "reqps",
                                        by("operation", rate(count(Metric.REQUESTS)))),
                                new Panel(
                                        "Slowest attempt",
                                        "s",
                                        by(
                                                "operation",
                                                "max by (operation) (%s{%s})".formatted(max(Metric.REQUESTS), OF))),
                                new Panel("Calls that failed", "reqps", by("kind", rate(total(Metric.ERRORS)))),
                                new Panel("Retries by reason", "reqps", by("reason", rate(total(Metric.RETRIES)))),
                                new Panel("Wait for a turn", "s", by("lane", perAttempt(Metric.REQUEST_WAIT, "lane"))),
                                new Panel(
                                        "Calls that wait",
                                        "short",
                                        by("provider", perAttempt(Metric.CALLS_WAITING, "provider"))))),
                new Section(
                        "Limits",
                        List.of(
                                new Panel("Quota units by lane", "short", by("lane", rate(total(Metric.QUOTA_UNITS)))),
                                new Panel("Throttles", "short", by("reach", more(total(Metric.THROTTLES)))),
                                new Panel("Time to pause", "s", by("reach", more(sum(Metric.THROTTLE_PAUSE)))),
                                new Panel(
                                        "Accounts held back",
                                        "short",
                                        by(
                                                "reach",
                                                "sum by (reach) (%s{%s})".formatted(now(Metric.CIRCUITS_OPEN), OF))),
                                new Panel(
                                        "Changes of circuits",
                                        "short",
                                        by("state", more(total(Metric.CIRCUIT_CHANGES)))),
                                new Panel("Quotas nearly used up", "short", by("limit", more(total(Metric.LIMITS)))))),
                new Section(
                        "Syncs, watches and sending",
                        List.of(
                                new Panel("Syncs by outcome", "short", by("outcome", more(count(Metric.SYNCS)))),
                                new Panel(
                                        "Time of a sync",
                                        "s",
                                        percentile(0.5, Metric.SYNCS),
                                        percentile(0.95, Metric.SYNCS)),
                                new Panel("Changes found", "short", by("change", more(total(Metric.SYNC_CHANGES)))),
                                new Panel(
                                        "Emails parked",
                                        "short",
                                        by(
                                                "provider",
                                                "sum by (provider) (%s{%s})".formatted(now(Metric.SYNC_PARKED), OF))),
                                new Panel("What watches tell", "short", by("news", more(total(Metric.WATCH_NEWS)))),
                                new Panel(
                                        "Watches lost",
                                        "short",
                                        by(
                                                "provider",
                                                "sum by (provider) (%s{%s})".formatted(now(Metric.WATCHES_LOST), OF))),
                                new Panel(
                                        "Steps of messages to send",
                                        "short",
                                        by("outcome", more(count(Metric.SENDS)))))),
                new Section(
                        "Cache and events",
                        List.of(
                                new Panel(
                                        "Answers by source",
                                        "reqps",
                                        by(
                                                "source",
                                                "sum by (source) (rate(%s%s))"
                                                        .formatted(total(Metric.CACHE_ANSWERS), EVER))),
                                new Panel(
                                        "Time of a reading",
                                        "s",
                                        by(
                                                "subject",
                                                "sum by (subject) (rate(%s%s)) / sum by (subject) (rate(%s%s))"
                                                        .formatted(
                                                                sum(Metric.CACHE_READS),
                                                                EVER,
                                                                count(Metric.CACHE_READS),
                                                                EVER))),
                                new Panel(
                                        "Events sent elsewhere",
                                        "short",
                                        events(Metric.EVENTS_OFFERED),
                                        events(Metric.EVENTS_SENT),
                                        events(Metric.EVENTS_REFUSED),
                                        events(Metric.EVENTS_DROPPED)))));
    }

    private static Rate rate(String name) {
        return label -> "sum by (%s) (rate(%s{%s}%s))".formatted(label, name, OF, EVER);
    }

    private static Rate more(String name) {
        return label -> "sum by (%s) (increase(%s{%s}%s))".formatted(label, name, OF, EVER);
    }

    private static Query by(String label, Rate rate) {
        return by(label, rate.by(label));
    }

    private static Query by(String label, String expression) {
        return new Query(expression, "{{" + label + "}}");
    }

    /** Of all attempts, those that did not wait too. */
    private static String perAttempt(Metric metric, String label) {
        return rate(sum(metric)).by(label) + " / "
                + rate(count(Metric.REQUESTS)).by(label);
    }

    private static Query percentile(double share, Metric metric) {
        return new Query(
                "histogram_quantile(%s, %s)"
                        .formatted(share, rate(bucket(metric)).by("le")),
                "%.0f %%".formatted(share * 100));
    }

    private static Query events(Metric metric) {
        String name = metric.meterName();
        return new Query(
                "sum(increase(%s%s))".formatted(total(metric), EVER), name.substring(name.lastIndexOf('.') + 1));
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("uid", "steadymail");
        json.writeStringField("title", "Steadymail");
        json.writeStringField("description", "What mail clients do; docs/metrics.md explains each metric.");
        json.writeArrayFieldStart("tags");
        json.writeString("steadymail");
        json.writeEndArray();
        json.writeBooleanField("editable", true);
        json.writeNumberField("schemaVersion", 42);
        json.writeStringField("refresh", "30s");
        json.writeObjectFieldStart("time");
        json.writeStringField("from", "now-3h");
        json.writeStringField("to", "now");
        json.writeEndObject();
        writeVariables();
        json.writeArrayFieldStart("panels");
        for (Section section : sections()) {
            write(section);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeVariables() throws IOException {
        json.writeObjectFieldStart("templating");
        json.writeArrayFieldStart("list");
        json.writeStartObject();
        json.writeStringField("type", "datasource");
        json.writeStringField("name", "datasource");
        json.writeStringField("label", "Prometheus");
        json.writeStringField("query", "prometheus");
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "query");
        json.writeStringField("name", "provider");
        json.writeStringField("label", "Provider");
        writeDatasource();
        json.writeStringField("query", "label_values(%s, provider)".formatted(count(Metric.REQUESTS)));
        json.writeNumberField("refresh", 2);
        json.writeBooleanField("multi", true);
        json.writeBooleanField("includeAll", true);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Section section) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", ++id);
        json.writeStringField("type", "row");
        json.writeStringField("title", section.title());
        json.writeBooleanField("collapsed", false);
        writePlace(0, y++, COLUMNS * WIDTH, 1);
        json.writeArrayFieldStart("panels");
        json.writeEndArray();
        json.writeEndObject();
        for (int i = 0; i < section.panels().size(); i++) {
            write(section.panels().get(i), i % COLUMNS * WIDTH, y + i / COLUMNS * HEIGHT);
        }
        y += (section.panels().size() + COLUMNS - 1) / COLUMNS * HEIGHT;
    }

    private void write(Panel panel, int left, int top) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", ++id);
        json.writeStringField("type", "timeseries");
        json.writeStringField("title", panel.title());
        writeDatasource();
        writePlace(left, top, WIDTH, HEIGHT);
        json.writeObjectFieldStart("fieldConfig");
        json.writeObjectFieldStart("defaults");
        json.writeStringField("unit", panel.unit());
        json.writeNumberField("min", 0);
        json.writeEndObject();
        json.writeArrayFieldStart("overrides");
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("targets");
        for (int i = 0; i < panel.queries().size(); i++) {
            write(panel.queries().get(i), i);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Query query, int number) throws IOException {
        json.writeStartObject();
        json.writeStringField("refId", String.valueOf((char) ('A' + number)));
        writeDatasource();
        json.writeStringField("expr", query.expression());
        json.writeStringField("legendFormat", query.legend());
        json.writeEndObject();
    }

    private void writeDatasource() throws IOException {
        json.writeObjectFieldStart("datasource");
        json.writeStringField("type", "prometheus");
        json.writeStringField("uid", "${datasource}");
        json.writeEndObject();
    }

    private void writePlace(int left, int top, int width, int height) throws IOException {
        json.writeObjectFieldStart("gridPos");
        json.writeNumberField("x", left);
        json.writeNumberField("y", top);
        json.writeNumberField("w", width);
        json.writeNumberField("h", height);
        json.writeEndObject();
    }

    /** An expression that is told apart by a label. */
    private interface Rate {
        String by(String label);
    }

    /** A line of panels. */
    record Section(String title, List<Panel> panels) {}

    /** What one panel shows, in which of Grafana's units. */
    record Panel(String title, String unit, List<Query> queries) {
        Panel(String title, String unit, Query... queries) {
            this(title, unit, List.of(queries));
        }
    }

    /** One expression of a panel. */
    record Query(String expression, String legend) {}
}
