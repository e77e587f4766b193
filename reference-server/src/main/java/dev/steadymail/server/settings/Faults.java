package dev.steadymail.server.settings;

import dev.steadymail.server.folder.StartException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is wrong with the settings, gathered so that all of it is told at once. Not thread-safe. */
final class Faults {
    private final List<String> found = new ArrayList<>();

    /**
     * Takes down a fault.
     *
     * @param fault the variable, its rule and the remedy, without the value
     */
    void add(String fault) {
        found.add(fault);
    }

    /** Returns what was read; empty where reading refused, which is a fault taken down. */
    <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (StartException refusal) {
            add(String.valueOf(refusal.getMessage()));
            return Optional.empty();
        }
    }

    /** Throws with all faults, if there are any. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw StartException.usage(found);
        }
    }
}
