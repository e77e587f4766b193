package dev.steadymail.server.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The providers that most people are with, from the table {@code providers.txt}. Asks nobody. Thread-safe. */
final class KnownProviders {
    private final List<KnownProvider> rows;

    private KnownProviders(List<KnownProvider> rows) {
        this.rows = List.copyOf(rows);
    }

    static KnownProviders read() {
        try (InputStream table =
                Objects.requireNonNull(KnownProviders.class.getResourceAsStream("/discovery/providers.txt"))) {
            return new KnownProviders(new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(KnownProvider::parse)
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<KnownProvider> all() {
        return rows;
    }

    Optional<KnownProvider> ofDomain(String domain) {
        return rows.stream().filter(row -> row.hasDomain(domain)).findFirst();
    }

    Optional<KnownProvider> ofExchanger(String host) {
        return rows.stream().filter(row -> row.hasExchanger(host)).findFirst();
    }
}
