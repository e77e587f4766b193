package dev.steadymail.observability.micrometer;

import dev.steadymail.observability.OperationNames;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * The meters of one metric, one for each combination of the words of its tags, each made when it is first needed. Finding one that is
 * there costs an access to an array. Thread-safe: two threads may make one at once, and the registry gives both the same.
 */
final class MeterGrid<M> {
    private final Metric metric;
    private final List<List<String>> words;
    private final Function<Tags, M> maker;
    private final AtomicReferenceArray<M> meters;

    MeterGrid(Metric metric, OperationNames operations, Function<Tags, M> maker) {
        this.metric = metric;
        this.words = metric.tags().stream().map(tag -> tag.words(operations)).toList();
        this.maker = maker;
        this.meters = new AtomicReferenceArray<>(metric.rows(operations));
        showAtStart(metric.isAllShownAtStart(operations));
    }

    private void showAtStart(boolean all) {
        int step = all ? 1 : meters.length() / words.get(0).size();
        for (int row = 0; row < meters.length(); row += step) {
            meter(row);
        }
    }

    M at(int first) {
        return meter(first);
    }

    M at(int first, int second) {
        return meter(first * words.get(1).size() + second);
    }

    M at(int first, int second, int third) {
        return meter((first * words.get(1).size() + second) * words.get(2).size() + third);
    }

    M at(int first, int second, int third, int fourth) {
        int row = (first * words.get(1).size() + second) * words.get(2).size() + third;
        return meter(row * words.get(3).size() + fourth);
    }

    private M meter(int row) {
        M meter = meters.get(row);
        if (meter == null) {
            meter = maker.apply(tags(row));
            meters.set(row, meter);
        }
        return meter;
    }

    /** The last tag turns fastest. */
    private Tags tags(int row) {
        Tags tags = Tags.empty();
        int rest = row;
        for (int i = words.size() - 1; i >= 0; i--) {
            List<String> ofTag = words.get(i);
            tags = tags.and(metric.tags().get(i).key(), ofTag.get(rest % ofTag.size()));
            rest /= ofTag.size();
        }
        return tags;
    }
}
