package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UidSetUnionTest {
    @Test
    void rangesThatTouchOrOverlap_becomeOne() {
        UidSet union = UidSet.union(List.of(UidSet.parse("1:3,9"), UidSet.parse("4,8:12"), UidSet.EMPTY));
        assertEquals(List.of("1:4,8:12"), union.lines());
        assertTrue(UidSet.union(List.of()).isEmpty());
    }

    @Test
    void greatestUids_keepTheirPlace() {
        UidSet union =
                UidSet.union(List.of(UidSet.of(4294967295L), UidSet.parse("2147483648:2147483649"), UidSet.of(1)));
        assertEquals(List.of("1,2147483648:2147483649,4294967295"), union.lines());
    }

    @Test
    void union_holdsWhatAnySetHolds() {
        long seed = 5;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<TreeSet<Long>> sets = random.ints(random.nextInt(5), 0, 8)
                    .mapToObj(size -> random.longs(size, 1, 20).boxed().collect(Collectors.toCollection(TreeSet::new)))
                    .toList();
            TreeSet<Long> all = new TreeSet<>();
            sets.forEach(all::addAll);
            UidSet union = UidSet.union(sets.stream().map(UidSet::of).toList());
            assertEquals(List.copyOf(all), union.ascending().boxed().toList(), "seed " + seed + " round " + round);
        }
    }
}
