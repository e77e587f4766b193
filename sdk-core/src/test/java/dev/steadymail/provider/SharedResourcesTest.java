package dev.steadymail.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedResourcesTest {
    private final SharedResources shared = new SharedResources();
    private final List<String> closed = new ArrayList<>();

    @Test
    void resource_isMadeOnce_andClosedOnce() {
        Named first = shared.get(Named.class, () -> new Named("first", closed));
        assertSame(first, shared.get(Named.class, () -> new Named("second", closed)));
        shared.close();
        shared.close();
        assertEquals(List.of("first"), closed);
    }

    @Test
    void resourceThatCannotBeClosed_keepsNoOtherOpen() {
        Stuck stuck = shared.get(Stuck.class, Stuck::new);
        Named named = shared.get(Named.class, () -> new Named("other", closed));
        shared.close();
        assertEquals(List.of("other"), closed);
        assertSame(stuck, stuck.self());
        assertEquals("other", named.name());
    }

    @Test
    void afterClosing_nothingIsMade() {
        shared.close();
        assertThrows(IllegalStateException.class, () -> shared.get(Stuck.class, Stuck::new));
    }

    private record Named(String name, List<String> closed) implements AutoCloseable {
        @Override
        public void close() {
            closed.add(name);
        }
    }

    private static final class Stuck implements AutoCloseable {
        Stuck self() {
            return this;
        }

        @Override
        public void close() {
            throw new IllegalStateException("it does not close");
        }
    }
}
