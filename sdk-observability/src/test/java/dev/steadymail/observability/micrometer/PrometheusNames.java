package dev.steadymail.observability.micrometer;

import java.util.ArrayList;
import java.util.List;

/** What the metrics are called in Prometheus, by Micrometer's naming, which a test compares with a real scrape. */
final class PrometheusNames {
    private PrometheusNames() {}

    static String count(Metric metric) {
        return only(metric, base(metric) + "_count", Metric.Type.TIMER, Metric.Type.SUMMARY);
    }

    static String sum(Metric metric) {
        return only(metric, base(metric) + "_sum", Metric.Type.TIMER, Metric.Type.SUMMARY);
    }

    static String max(Metric metric) {
        return only(metric, base(metric) + "_max", Metric.Type.TIMER, Metric.Type.SUMMARY);
    }

    static String bucket(Metric metric) {
        if (Buckets.STANDARD.of(metric).isEmpty()) {
            throw new IllegalArgumentException(metric + " has no buckets");
        }
        return base(metric) + "_bucket";
    }

    static String total(Metric metric) {
        return only(metric, base(metric) + "_total", Metric.Type.COUNTER);
    }

    static String now(Metric metric) {
        return only(metric, base(metric), Metric.Type.GAUGE);
    }

    /** Returns all names that a metric yields. */
    static List<String> all(Metric metric) {
        return switch (metric.type()) {
            case COUNTER -> List.of(total(metric));
            case GAUGE -> List.of(now(metric));
            case TIMER, SUMMARY -> {
                List<String> names = new ArrayList<>(List.of(count(metric), sum(metric), max(metric)));
                if (!Buckets.STANDARD.of(metric).isEmpty()) {
                    names.add(bucket(metric));
                }
                yield names;
            }
        };
    }

    private static String base(Metric metric) {
        String name = metric.meterName().replace('.', '_');
        return metric.type() == Metric.Type.TIMER ? name + "_seconds" : name;
    }

    private static String only(Metric metric, String name, Metric.Type... types) {
        if (!List.of(types).contains(metric.type())) {
            throw new IllegalArgumentException(metric + " is a " + metric.type() + ", so there is no " + name);
        }
        return name;
    }
}
