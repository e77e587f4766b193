package dev.steadymail.server.settings;

import dev.steadymail.server.settings.DatabaseSettings.Databases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.boot.convert.DurationStyle;

/**
 * The settings of a server from the environment, under the names that the service knows. All of {@code docs/settings.md}. Immutable.
 *
 * <p>Reading them starts nothing and reaches nothing; {@link #check} does.
 */
public final class ServeSettings {
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");
    private static final Duration LEAST_TTL = Duration.ofSeconds(1);
    private static final Duration MOST_TTL = Duration.ofDays(1);
    private static final int MAX_PORT = 65_535;

    private final OptionalInt port;
    private final Map<String, Object> properties;
    private final Map<String, Object> logging;
    private final List<String> lines;
    private final Databases databases;

    private ServeSettings(Reading reading, OptionalInt port, Databases databases) {
        this.port = port;
        this.properties = Map.copyOf(reading.properties);
        this.logging = Map.copyOf(reading.logging);
        this.lines = List.copyOf(reading.lines);
        this.databases = databases;
    }

    /**
     * Reads the settings of a server whose databases and secrets are its operator's.
     *
     * @throws dev.steadymail.server.folder.StartException with all faults there are
     */
    public static ServeSettings external(Map<String, String> environment) {
        Reading reading = new Reading(environment);
        Databases databases = new DatabaseSettings(reading.variables, reading.properties).read();
        RedisUrl.read(reading.variables)
                .ifPresent(redis -> reading.properties.put("steadymail.redis.url", redis.text()));
        new SecretSettings(reading.variables, reading.properties).read();
        reading.lines.add("secrets: from the environment");
        return reading.rest(databases);
    }

    /** Reads the settings of a server with services and secrets of its own; those of others are passed over. */
    public static ServeSettings embedded(Map<String, String> environment) {
        Reading reading = new Reading(environment);
        reading.lines.add("secrets: of this server's own, in its data folder");
        return reading.rest(new Databases(null, null, null));
    }

    /** Returns the port to listen on where no option names one. */
    public OptionalInt port() {
        return port;
    }

    /** Returns what is set, and nothing of what is not. Holds secrets. */
    public Map<String, Object> properties() {
        return properties;
    }

    /** Returns what the log needs before there is anything else. */
    public Map<String, Object> logging() {
        return logging;
    }

    /** Returns a line about each part that only settings tell of; no secrets. */
    public List<String> lines() {
        return lines;
    }

    /**
     * Opens each database once.
     *
     * @throws dev.steadymail.server.folder.StartException where one cannot be opened, or with a role that no policy holds
     */
    public void check() {
        databases.check();
    }

    @Override
    public String toString() {
        return "ServeSettings[hidden]";
    }

    /** What has been read so far. */
    private static final class Reading {
        private final Faults faults = new Faults();
        private final Variables variables;
        private final Map<String, Object> properties = new LinkedHashMap<>();
        private final Map<String, Object> logging = new LinkedHashMap<>();
        private final List<String> lines = new ArrayList<>();

        Reading(Map<String, String> environment) {
            this.variables = new Variables(environment, faults);
        }

        /** Reads what every server may have, and throws with what was wrong so far. */
        ServeSettings rest(Databases databases) {
            OptionalInt port = variables.number("PORT", 0, MAX_PORT);
            new DatabaseSettings(variables, properties).readPool();
            google();
            health();
            network();
            cache();
            log();
            faults.throwIfAny();
            return new ServeSettings(this, port, databases);
        }

        private void google() {
            Optional<String> id = variables.text("GOOGLE_CLIENT_ID");
            Optional<String> secret = variables.text("GOOGLE_CLIENT_SECRET");
            if (id.isPresent() != secret.isPresent()) {
                faults.add((id.isPresent() ? "GOOGLE_CLIENT_SECRET" : "GOOGLE_CLIENT_ID")
                        + " is missing; set it as well, or unset the other to do without Google");
            }
            id.ifPresent(text -> properties.put("steadymail.google.client-id", text));
            secret.ifPresent(text -> properties.put("steadymail.google.client-secret", text));
            lines.add(id.isPresent() ? "google: a client is set" : "google: no client (GOOGLE_CLIENT_ID is not set)");
        }

        private void health() {
            List<String> keys = new SecretSettings(variables, properties).healthKeys();
            if (keys.isEmpty()) {
                lines.add("health: details for this machine alone (HEALTH_API_KEY is not set)");
            } else {
                properties.put("steadymail.health.api-keys", String.join(",", keys));
                lines.add("health: details for who has " + (keys.size() == 1 ? "the key" : "one of two keys"));
            }
        }

        private void network() {
            PublicSettings network = new PublicSettings(variables, properties);
            network.readUrl();
            Set<String> proxies = network.readProxies();
            lines.add(
                    proxies.isEmpty()
                            ? "proxies: none is believed (TRUSTED_PROXIES is not set)"
                            : "proxies: believed in " + String.join(", ", proxies));
        }

        private void cache() {
            variables.text("CACHE_TTL").ifPresent(text -> {
                Optional<Duration> ttl = duration(text);
                if (ttl.isEmpty()) {
                    faults.add(
                            "CACHE_TTL must be a number of seconds or a duration such as 30s or 5m, between 1s and 1d;"
                                    + " correct it, or unset it for the default");
                }
                ttl.ifPresent(value -> properties.put("steadymail.cache.ttl", value.toString()));
            });
        }

        private static Optional<Duration> duration(String text) {
            try {
                Duration read = text.matches("[0-9]{1,9}")
                        ? Duration.ofSeconds(Long.parseLong(text))
                        : DurationStyle.detectAndParse(text);
                boolean isWithin = read.compareTo(LEAST_TTL) >= 0 && read.compareTo(MOST_TTL) <= 0;
                return isWithin ? Optional.of(read) : Optional.empty();
            } catch (IllegalArgumentException | ArithmeticException none) {
                return Optional.empty();
            }
        }

        /** Other libraries say less than the server itself, whatever the level. */
        private void log() {
            variables
                    .text("LOG_LEVEL")
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .ifPresent(level -> {
                        if (!LEVELS.contains(level)) {
                            faults.add(
                                    "LOG_LEVEL must be error, warn, info, debug or trace; correct it, or unset it for info");
                        }
                        logging.put("logging.level.dev.steadymail", level);
                        if (level.equals("error")) {
                            logging.put("logging.level.root", level);
                        }
                    });
        }
    }
}
