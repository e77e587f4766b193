package dev.steadymail.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The UIDs of messages by X-GM-MSGID, of one mailbox: 12 octets a message, in blocks as they were told. Old UIDs that are gone stay;
 * whoever fetches finds out. Guarded by its owner's lock.
 */
final class NumberTable {
    private final List<Block> blocks = new ArrayList<>();
    private long uidValidity;
    private long lastUid;
    private int size;

    /** Begins again where UIDs are void. */
    void under(long validity) {
        if (validity != uidValidity) {
            clear();
            uidValidity = validity;
        }
    }

    void clear() {
        blocks.clear();
        lastUid = 0;
        size = 0;
        uidValidity = 0;
    }

    long uidValidity() {
        return uidValidity;
    }

    /** Returns the UID up to which all messages were told. */
    long lastUid() {
        return lastUid;
    }

    int size() {
        return size;
    }

    /**
     * Adds a block.
     *
     * @param uids UIDs by number, as they were told
     * @param last all UIDs up to this one were asked for
     */
    void add(Map<Long, Long> uids, long last) {
        lastUid = Math.max(lastUid, last);
        if (!uids.isEmpty()) {
            blocks.add(Block.of(uids));
            size += uids.size();
        }
    }

    /** Returns the UID of a message, 0 where it was not told; the youngest where there are several. */
    long uid(long number) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            long uid = blocks.get(i).uid(number);
            if (uid != 0) {
                return uid;
            }
        }
        return 0;
    }

    /** Messages whose numbers ascend, as signed ones. */
    private static final class Block {
        private final long[] numbers;
        /** Unsigned, as UIDs have 32 bits. */
        private final int[] uids;

        private Block(long[] numbers, int[] uids) {
            this.numbers = numbers;
            this.uids = uids;
        }

        static Block of(Map<Long, Long> byNumber) {
            Map<Long, Long> sorted = new TreeMap<>(byNumber);
            long[] numbers = new long[sorted.size()];
            int[] uids = new int[sorted.size()];
            int at = 0;
            for (Map.Entry<Long, Long> message : sorted.entrySet()) {
                numbers[at] = message.getKey();
                uids[at++] = message.getValue().intValue();
            }
            return new Block(numbers, uids);
        }

        long uid(long number) {
            if (number < numbers[0] || number > numbers[numbers.length - 1]) {
                return 0;
            }
            int at = Arrays.binarySearch(numbers, number);
            return at < 0 ? 0 : Integer.toUnsignedLong(uids[at]);
        }
    }
}
