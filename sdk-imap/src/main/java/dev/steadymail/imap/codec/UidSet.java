package dev.steadymail.imap.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * UIDs in ascending order, kept as ranges (RFC 3501 section 9, {@code sequence-set}). Immutable; a mailbox of millions that was
 * never tidied takes a few octets.
 */
public final class UidSet {
    public static final UidSet EMPTY = new UidSet(new long[0]);
    private static final int LONGEST_SET = 7_500;
    private static final int SHORTEST_LINE = 40;
    /** RFC 3501 {@code nz-number}: 32 bits. */
    private static final long GREATEST = 0xFFFF_FFFFL;
    /** 0:0, which no server means: UIDs begin at 1. */
    private static final long NO_RANGE = Long.MIN_VALUE;

    /** First and last of each range, in turn. */
    private final long[] bounds;

    private UidSet(long[] bounds) {
        this.bounds = bounds;
    }

    public static UidSet of(Collection<Long> uids) {
        return ofSorted(
                uids.stream().mapToLong(Long::longValue).sorted().distinct().toArray());
    }

    /** Returns a set of UIDs in any order. */
    public static UidSet of(long[] uids) {
        return ofSorted(Arrays.stream(uids).sorted().distinct().toArray());
    }

    public static UidSet of(long uid) {
        return new UidSet(new long[] {uid, uid});
    }

    /** Parses a server's set; {@code 7:5} is {@code 5:7}, and what is no number is left out. */
    public static UidSet parse(String text) {
        long[] ranges = new long[8];
        int count = 0;
        int from = 0;
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            long range = range(text.substring(from, to).strip());
            if (range != NO_RANGE) {
                ranges = count == ranges.length ? Arrays.copyOf(ranges, 2 * count) : ranges;
                ranges[count++] = range;
            }
            from = to + 1;
        }
        ranges = Arrays.copyOf(ranges, count);
        Arrays.sort(ranges);
        return merged(ranges);
    }

    /** Returns what is in at least one of the sets. */
    public static UidSet union(Collection<UidSet> sets) {
        long[] ranges = sets.stream()
                .flatMap(set -> set.ranges().stream())
                .mapToLong(bounds -> packed(bounds[0], bounds[1]))
                .sorted()
                .toArray();
        return merged(ranges);
    }

    private static long range(String part) {
        int colon = part.indexOf(':');
        String first = colon < 0 ? part : part.substring(0, colon);
        String last = part.substring(part.lastIndexOf(':') + 1);
        if (!isNumber(first) || !isNumber(last)) {
            return NO_RANGE;
        }
        long one = Math.min(GREATEST, Long.parseLong(first));
        long other = Math.min(GREATEST, Long.parseLong(last));
        return packed(Math.min(one, other), Math.max(one, other));
    }

    /** Both ends in one number, so that numbers sort as their ranges do: the lower one in front, its highest bit turned round. */
    private static long packed(long first, long last) {
        return ((first << 32) | last) ^ Long.MIN_VALUE;
    }

    /** Returns the UIDs of a server's set in the order stated; empty where it is malformed or longer than {@code most}. */
    public static List<Long> inOrder(String text, int most) {
        List<Long> uids = new ArrayList<>();
        for (String part : text.strip().split(",")) {
            String[] ends = part.split(":", -1);
            String last = ends[ends.length - 1];
            if (!isNumber(ends[0]) || !isNumber(last)) {
                return List.of();
            }
            long from = Long.parseLong(ends[0]);
            long to = Long.parseLong(last);
            if (Math.abs(to - from) + uids.size() >= most) {
                return List.of();
            }
            LongStream.rangeClosed(0, Math.abs(to - from))
                    .forEach(step -> uids.add(from <= to ? from + step : from - step));
        }
        return uids;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static UidSet merged(long[] sorted) {
        long[] bounds = new long[sorted.length * 2];
        int length = 0;
        for (long range : sorted) {
            long first = (range ^ Long.MIN_VALUE) >>> 32;
            long last = range & GREATEST;
            if (length > 0 && first <= bounds[length - 1] + 1) {
                bounds[length - 1] = Math.max(bounds[length - 1], last);
            } else {
                bounds[length++] = first;
                bounds[length++] = last;
            }
        }
        return new UidSet(Arrays.copyOf(bounds, length));
    }

    private static UidSet ofSorted(long[] uids) {
        long[] bounds = new long[uids.length * 2];
        int length = 0;
        for (long uid : uids) {
            if (length > 0 && uid == bounds[length - 1] + 1) {
                bounds[length - 1] = uid;
            } else {
                bounds[length++] = uid;
                bounds[length++] = uid;
            }
        }
        return new UidSet(Arrays.copyOf(bounds, length));
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    /** Returns the highest UID, 0 where there is none. */
    public long last() {
        return isEmpty() ? 0 : bounds[bounds.length - 1];
    }

    public boolean contains(long uid) {
        int at = Arrays.binarySearch(bounds, uid);
        // Found, or between the two ends of a range: the place to insert has an odd index.
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    public LongStream ascending() {
        LongStream all = LongStream.empty();
        List<long[]> ranges = ranges();
        return ranges.isEmpty() ? all : ranges.stream().flatMapToLong(r -> LongStream.rangeClosed(r[0], r[1]));
    }

    public LongStream descending() {
        List<long[]> ranges = ranges();
        Collections.reverse(ranges);
        return ranges.stream()
                .flatMapToLong(r -> LongStream.rangeClosed(r[0], r[1]).map(uid -> r[1] - (uid - r[0])));
    }

    private List<long[]> ranges() {
        List<long[]> ranges = new ArrayList<>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            ranges.add(new long[] {bounds[i], bounds[i + 1]});
        }
        return ranges;
    }

    /** Returns this set as texts, each short enough for one command line (RFC 7162 section 4 names 8,192 octets). */
    public List<String> lines() {
        return lines(LONGEST_SET);
    }

    /**
     * Returns the set in parts.
     *
     * @param longest octets of a part, at least 40
     */
    public List<String> lines(int longest) {
        if (longest < SHORTEST_LINE) {
            throw new IllegalArgumentException(
                    "a line must have room for " + SHORTEST_LINE + " octets, not " + longest);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (long[] range : ranges()) {
            String text = range[0] == range[1] ? Long.toString(range[0]) : range[0] + ":" + range[1];
            if (line.length() + text.length() >= longest) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : ",").append(text);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
