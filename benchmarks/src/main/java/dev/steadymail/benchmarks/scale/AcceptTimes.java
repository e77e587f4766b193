package dev.steadymail.benchmarks.scale;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** When connections were accepted, in ms since the server's start; four octets each. */
final class AcceptTimes {
    private static final int MINUTE = 60_000;
    private static final int SECOND = 1_000;

    private int[] millis = new int[16];
    private int size;

    /** Adds one that is no earlier than those before. */
    void add(long sinceStart) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, 2 * size);
        }
        millis[size++] = (int) sinceStart;
    }

    IntStream stream() {
        return Arrays.stream(millis, 0, size);
    }

    int size() {
        return size;
    }

    /** Returns how many came within the worst 60 s, wherever these begin. */
    int mostInAMinute() {
        int most = 0;
        int first = 0;
        for (int last = 0; last < size; last++) {
            while (millis[last] - millis[first] >= MINUTE) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Returns how many came in each second of all these times; seconds without any are left out. */
    static Map<Integer, Integer> bySecond(IntStream millis) {
        TreeMap<Integer, Integer> seconds = new TreeMap<>();
        millis.forEach(each -> seconds.merge(each / SECOND, 1, Integer::sum));
        return seconds;
    }
}
