package dev.steadymail.imap;

import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.KnownEmail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known, or told, of the emails of one mailbox, in columns: some 40 octets each, so that a mailbox of a million takes 40 MB
 * while it is compared. Rows ascend by UID. Immutable.
 */
final class EmailTable {
    static final EmailTable EMPTY = new Builder().build();

    private final long[] uids;
    private final int[] marks;
    private final long[] sizes;
    private final long[] seconds;
    private final long[] objects;
    private final long[] messages;
    private final List<Set<Keyword>> keywords;

    private EmailTable(Builder rows, int[] order) {
        this.uids = picked(rows.uids, order);
        this.marks = Arrays.stream(order).map(row -> rows.marks[row]).toArray();
        this.sizes = picked(rows.sizes, order);
        this.seconds = picked(rows.seconds, order);
        this.objects = picked(rows.objects, order);
        this.messages = picked(rows.messages, order);
        this.keywords = List.copyOf(rows.keywords);
    }

    private EmailTable(EmailTable table, int[] order) {
        this.uids = picked(table.uids, order);
        this.marks = Arrays.stream(order).map(row -> table.marks[row]).toArray();
        this.sizes = picked(table.sizes, order);
        this.seconds = picked(table.seconds, order);
        this.objects = picked(table.objects, order);
        this.messages = picked(table.messages, order);
        this.keywords = table.keywords;
    }

    /** Returns the rows that satisfy a condition. */
    EmailTable only(IntPredicate condition) {
        int[] order = IntStream.range(0, rows()).filter(condition).toArray();
        return order.length == rows() ? this : new EmailTable(this, order);
    }

    private static long[] picked(long[] column, int[] order) {
        return Arrays.stream(order).mapToLong(row -> column[row]).toArray();
    }

    int rows() {
        return uids.length;
    }

    boolean isEmpty() {
        return uids.length == 0;
    }

    long uid(int row) {
        return uids[row];
    }

    Set<Keyword> keywords(int row) {
        return keywords.get(marks[row]);
    }

    /** Returns the size of the message, or a negative number where it was not told. */
    long size(int row) {
        return sizes[row];
    }

    /** Returns the time of arrival as INTERNALDATE has it: in seconds of the epoch. */
    long seconds(int row) {
        return seconds[row];
    }

    /** Returns a number that stands for what the server says the message is, or 0. */
    long object(int row) {
        return objects[row];
    }

    /** Returns a number that stands for the Message-ID, or 0. */
    long message(int row) {
        return messages[row];
    }

    /** Returns the row of a UID, or a negative number. */
    int find(long uid) {
        return Arrays.binarySearch(uids, uid);
    }

    boolean contains(long uid) {
        return find(uid) >= 0;
    }

    /** Returns whether any email is known by its Message-ID. */
    boolean hasMessageIds() {
        return Arrays.stream(messages).anyMatch(message -> message != 0);
    }

    /** Collects rows in any order; of several with one UID the last counts. Not thread-safe. */
    static final class Builder {
        private long[] uids = new long[16];
        private int[] marks = new int[16];
        private long[] sizes = new long[16];
        private long[] seconds = new long[16];
        private long[] objects = new long[16];
        private long[] messages = new long[16];
        private int count;
        private final List<Set<Keyword>> keywords = new ArrayList<>();
        private final Map<Set<Keyword>, Integer> numbers = new HashMap<>();

        void add(long uid, KnownEmail email) {
            Fingerprint print = email.fingerprint();
            boolean certain = print != null && print.isCertain();
            add(
                    uid,
                    email.keywords(),
                    email.size(),
                    email.receivedAt().getEpochSecond(),
                    certain ? number(print) : 0,
                    certain ? 0 : number(print));
        }

        void add(long uid, Set<Keyword> marked, long size, long second, long object, long message) {
            if (count == uids.length) {
                grow();
            }
            uids[count] = uid;
            marks[count] = numbers.computeIfAbsent(marked, set -> {
                keywords.add(set);
                return keywords.size() - 1;
            });
            sizes[count] = size;
            seconds[count] = second;
            objects[count] = object;
            messages[count] = message;
            count++;
        }

        private void grow() {
            int room = 2 * count;
            uids = Arrays.copyOf(uids, room);
            marks = Arrays.copyOf(marks, room);
            sizes = Arrays.copyOf(sizes, room);
            seconds = Arrays.copyOf(seconds, room);
            objects = Arrays.copyOf(objects, room);
            messages = Arrays.copyOf(messages, room);
        }

        /** UIDs have 32 bits, which leaves room for the row in one number to sort by. */
        EmailTable build() {
            long[] sorted = new long[count];
            for (int row = 0; row < count; row++) {
                sorted[row] = ((uids[row] << Integer.SIZE) ^ Long.MIN_VALUE) | row;
            }
            Arrays.sort(sorted);
            int[] order = new int[count];
            int length = 0;
            for (long packed : sorted) {
                int row = (int) packed;
                length -= length > 0 && uids[order[length - 1]] == uids[row] ? 1 : 0;
                order[length++] = row;
            }
            return new EmailTable(this, Arrays.copyOf(order, length));
        }
    }

    /** Returns 64 bits that stand for a fingerprint, never 0 for one that is there: two of a billion differ but for one in 10 billion cases. */
    static long number(@Nullable Fingerprint fingerprint) {
        if (fingerprint == null) {
            return 0;
        }
        long number = 0xcbf29ce484222325L;
        for (int i = 0; i < fingerprint.value().length(); i++) {
            number = (number ^ fingerprint.value().charAt(i)) * 0x100000001b3L;
        }
        // FNV leaves its upper bits weak for short texts: the finalizer of MurmurHash3 spreads them.
        number = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        number = (number ^ (number >>> 33)) * 0xc4ceb9fe1a85ec53L;
        number ^= number >>> 33;
        return number == 0 ? 1 : number;
    }
}
