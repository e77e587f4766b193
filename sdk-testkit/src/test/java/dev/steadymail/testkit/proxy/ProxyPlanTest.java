package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProxyPlanTest {

    @Test
    void equalSeeds_giveEqualFaults() {
        ProxyPlan plan = ProxyPlan.random(7, 20, 5, 1_000);
        assertEquals(plan, ProxyPlan.random(7, 20, 5, 1_000));
        assertNotEquals(plan.faults(), ProxyPlan.random(8, 20, 5, 1_000).faults());
    }

    @Test
    void manyFaults_areOfEveryKindWithinTheirBounds() {
        ProxyPlan plan = ProxyPlan.random(1, 1_000, 5, 100);
        Set<Class<?>> kinds = plan.faults().stream().map(ProxyFault::getClass).collect(Collectors.toSet());
        assertEquals(10, kinds.size());
        for (ProxyFault fault : plan.faults()) {
            assertTrue(fault.connections().last() <= 5, fault::toString);
            if (fault instanceof ProxyFault.OnStream planted) {
                assertTrue(planted.place().afterBytes() < 100, fault::toString);
            }
        }
    }

    @Test
    void text_namesSeedAndFaults() {
        ProxyPlan plan = new ProxyPlan(
                42, List.of(new ProxyFault.Reset(Place.toClient().on(2).after(9))));
        assertEquals("plan of seed 42\n  Reset[place=TO_CLIENT on connection 2 after 9 bytes]", plan.toString());
    }

    @Test
    void connections_areRangesOfNumbers() {
        assertTrue(Connections.all().includes(1));
        assertFalse(Connections.only(2).includes(3));
        assertTrue(Connections.from(2).includes(1_000_000));
        assertEquals("connections 2 to 4", new Connections(2, 4).toString());
        assertEquals("connections from 2", Connections.from(2).toString());
        assertEquals("all connections", Connections.all().toString());
    }

    @Test
    void values_areChecked() {
        Place place = Place.toServer();
        assertThrows(IllegalArgumentException.class, () -> place.after(-1));
        assertThrows(IllegalArgumentException.class, () -> place.on(0));
        assertThrows(IllegalArgumentException.class, () -> new Connections(3, 2));
        assertThrows(IllegalArgumentException.class, () -> new ProxyFault.Delay(place, Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> new ProxyFault.Delay(place, Duration.ofHours(25)));
        assertThrows(IllegalArgumentException.class, () -> new ProxyFault.Throttle(place, 0));
        assertThrows(IllegalArgumentException.class, () -> new ProxyFault.Duplicate(place, 0));
        assertThrows(IllegalArgumentException.class, () -> new ProxyFault.FlipBit(place, 8));
        assertThrows(IllegalArgumentException.class, () -> ProxyPlan.random(1, -1, 1, 1));
    }
}
