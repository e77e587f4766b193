package dev.steadymail.testkit.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link ScriptedImapServer}. Not thread-safe. */
public final class ScriptedImapServerBuilder {

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
    private static final Duration LONGEST_DEADLINE = Duration.ofHours(1);

    private final List<Script> scripts = new ArrayList<>();
    private @Nullable Script forOthers;
    private Duration deadline = DEFAULT_DEADLINE;
    private @Nullable SSLContext tls;
    private @Nullable SSLContext startTls;

    ScriptedImapServerBuilder() {}

    /**
     * Adds the script of one connection: the first for the connection that comes first, and so on.
     *
     * @throws IllegalArgumentException if a line is not understood
     */
    public ScriptedImapServerBuilder script(String script) {
        scripts.add(Script.parse(script));
        return this;
    }

    /**
     * Sets the script of all connections that have none of their own. Without it, a connection more than there are scripts is reset, and
     * a mismatch.
     *
     * @throws IllegalArgumentException if a line is not understood
     */
    public ScriptedImapServerBuilder scriptForOthers(String script) {
        forOthers = Script.parse(script);
        return this;
    }

    /**
     * Sets how long the server waits for whatever is due; 10 seconds unless set.
     *
     * @param deadline from 1 millisecond to 1 hour
     */
    public ScriptedImapServerBuilder deadline(Duration deadline) {
        if (deadline.toMillis() < 1 || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException("deadline must be from 1 ms to 1 h, was " + deadline);
        }
        this.deadline = deadline;
        return this;
    }

    /** Speaks TLS from the first octet, with the key of this context, which must be initialised. */
    public ScriptedImapServerBuilder tls(SSLContext context) {
        tls = Objects.requireNonNull(context, "context");
        return this;
    }

    /** Speaks TLS from where a script has {@code S: <starttls>}, with the key of this context, which must be initialised. */
    public ScriptedImapServerBuilder startTls(SSLContext context) {
        startTls = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalArgumentException if there is no script, or one begins TLS and there is no key for it
     * @throws UncheckedIOException if no port could be opened
     */
    public ScriptedImapServer start() {
        if (all().findAny().isEmpty()) {
            throw new IllegalArgumentException("the server needs a script: script(...) or scriptForOthers(...)");
        }
        if (startTls == null && all().anyMatch(Script::startsTls)) {
            throw new IllegalArgumentException("a script has <starttls>, which needs a key: startTls(...)");
        }
        try {
            return new ScriptedImapServer(scripts, forOthers, new Rules(deadline, tls, startTls));
        } catch (IOException e) {
            throw new UncheckedIOException("no port of 127.0.0.1 could be opened", e);
        }
    }

    private Stream<Script> all() {
        return Stream.concat(scripts.stream(), Stream.ofNullable(forOthers));
    }
}
