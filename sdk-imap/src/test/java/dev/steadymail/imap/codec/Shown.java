package dev.steadymail.imap.codec;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value with all its content, which records hide from their own {@code toString}. */
public final class Shown {
    private Shown() {}

    public static String of(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Shown::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(of(key), of(each)));
            return sorted.toString();
        }
        if (value instanceof UidSet set) {
            return set.lines().toString();
        }
        return value instanceof Record record ? fields(record) : String.valueOf(value);
    }

    private static String fields(Record record) {
        return record.getClass().getSimpleName()
                + Arrays.stream(record.getClass().getRecordComponents())
                        .map(component -> component.getName() + "=" + of(component(record, component)))
                        .collect(Collectors.joining(" ", "(", ")"));
    }

    private static @Nullable Object component(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
