package dev.steadymail.benchmarks.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.observability.events.Overflow;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts do not depend on the machine, so they are held here. */
class DeadExporterTest {
    @ParameterizedTest
    @EnumSource(Overflow.class)
    void everyEvent_isAccountedFor(Overflow overflow) {
        List<DeadExporter.Step> steps = DeadExporter.run(100_000, overflow);
        assertTrue(steps.stream().allMatch(DeadExporter.Step::isBalanced), steps::toString);
        assertEquals(0, steps.get(steps.size() - 1).all().waiting());
    }
}
