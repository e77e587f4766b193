package dev.steadymail.observability.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.observability.OperationNames;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules and dashboard beside what a real registry for Prometheus exports before anything has happened. */
class ExpressionsTest {
    private static final Pattern NAME = Pattern.compile("steadymail_\\w+");
    private static final Pattern MATCHERS = Pattern.compile("(steadymail_\\w+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|=|!=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

    private final Map<String, Metric> byName = new HashMap<>();

    ExpressionsTest() {
        for (Metric metric : Metric.values()) {
            PrometheusNames.all(metric).forEach(name -> byName.put(name, metric));
        }
    }

    @Test
    void freshRegistry_exportsEveryNameOfTheTable_andNoOther() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SteadymailMetrics metrics = SteadymailMetrics.in(registry);
        assertEquals(new TreeSet<>(byName.keySet()), exported(registry.scrape()), metrics::toString);
    }

    private static Set<String> exported(String scrape) {
        return scrape.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void expressions_nameMetricsTagsAndWordsOfTheTable() {
        for (String expression : expressions()) {
            Set<Metric> named = named(expression);
            assertTrue(!named.isEmpty(), expression);
            Matcher matchers = MATCHERS.matcher(expression);
            while (matchers.find()) {
                checkMatchers(matchers.group(2), byName.get(matchers.group(1)), expression);
            }
            Matcher by = BY.matcher(expression);
            while (by.find()) {
                for (String label : by.group(1).split(", ")) {
                    named.forEach(
                            metric -> assertTrue(keys(metric).contains(label), () -> label + " in " + expression));
                }
            }
        }
    }

    private Set<Metric> named(String expression) {
        Set<Metric> named = new HashSet<>();
        Matcher names = NAME.matcher(expression);
        while (names.find()) {
            assertTrue(byName.containsKey(names.group()), () -> names.group() + " in " + expression);
            named.add(byName.get(names.group()));
        }
        return named;
    }

    private static void checkMatchers(String matchers, Metric metric, String expression) {
        Matcher each = MATCHER.matcher(matchers);
        while (each.find()) {
            assertTrue(keys(metric).contains(each.group(1)), () -> each.group(1) + " in " + expression);
            for (String word : each.group(3).split("\\|")) {
                assertTrue(
                        word.equals("$provider") || words(metric, each.group(1)).contains(word),
                        () -> word + " in " + expression);
            }
        }
    }

    private static Set<String> keys(Metric metric) {
        Set<String> keys = metric.tags().stream().map(Tag::key).collect(Collectors.toSet());
        keys.add("le");
        return keys;
    }

    private static List<String> words(Metric metric, String key) {
        return metric.tags().stream()
                .filter(tag -> tag.key().equals(key))
                .findFirst()
                .orElseThrow()
                .words(OperationNames.STANDARD);
    }

    private static List<String> expressions() {
        Stream<String> shown = DashboardJson.sections().stream()
                .flatMap(section -> section.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .map(DashboardJson.Query::expression);
        return Stream.concat(AlertRules.all().stream().map(AlertRules.Alert::expression), shown)
                .toList();
    }

    @Test
    void everyMetric_isUsedByARuleOrAPanel() {
        Set<Metric> used = new HashSet<>();
        expressions().forEach(expression -> used.addAll(named(expression)));
        assertEquals(Set.of(Metric.values()), used);
    }

    @Test
    void alerts_haveNamesOfTheirOwn_andSayWhatToDo() {
        List<AlertRules.Alert> all = AlertRules.all();
        assertEquals(
                all.size(), all.stream().map(AlertRules.Alert::name).distinct().count());
        for (AlertRules.Alert alert : all) {
            assertTrue(Set.of("info", "warning", "critical").contains(alert.severity()), alert.name());
            assertTrue(alert.holds().matches("\\d+[mh]"), alert.name());
            assertTrue(alert.summary().length() > 20 && alert.description().length() > 80, alert.name());
        }
    }
}
