package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.command.CommandEncoder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the server says it can do, and what was enabled. Changed on the I/O thread; read from any. */
final class Abilities {
    private final IoThreads threads;
    private CommandEncoder encoder = new CommandEncoder(false, false, false);
    private volatile Set<String> capabilities = Set.of();
    private volatile int told;
    private volatile Set<String> enabled = Set.of();

    /** Begins without any; equal sets are shared between the connections of the threads. */
    Abilities(IoThreads threads) {
        this.threads = threads;
    }

    /** Returns what the server said last that it can do, in upper case. */
    Set<String> capabilities() {
        return capabilities;
    }

    /** Returns how often the server has told what it can do. */
    int told() {
        return told;
    }

    /** Returns which extensions were enabled, in upper case. */
    Set<String> enabled() {
        return enabled;
    }

    /** Returns what writes commands as this server takes them. For the I/O thread alone. */
    CommandEncoder encoder() {
        return encoder;
    }

    void learn(List<String> names) {
        Set<String> known = new LinkedHashSet<>();
        names.forEach(name -> known.add(name.toUpperCase(Locale.ROOT)));
        capabilities = threads.shared(Set.copyOf(known));
        int before = told;
        told = before + 1;
        renewEncoder();
    }

    /** Learns where the text of a status carries capabilities (RFC 3501 section 7.1). */
    void learn(StatusText said) {
        if ("CAPABILITY".equals(said.code())) {
            learn(List.of(said.arguments().split(" +")));
        }
    }

    /** RFC 5161 section 3.2: the server tells what this ENABLE enabled; what an earlier one did stays. */
    void enable(List<String> names) {
        Set<String> all = new LinkedHashSet<>(enabled);
        names.forEach(name -> all.add(name.toUpperCase(Locale.ROOT)));
        enabled = Set.copyOf(all);
        renewEncoder();
    }

    /** Forgets what was said before TLS was on (RFC 3501 section 6.2.1). */
    void forget() {
        capabilities = Set.of();
        enabled = Set.of();
        renewEncoder();
    }

    private void renewEncoder() {
        encoder = new CommandEncoder(
                capabilities.contains("LITERAL+"), capabilities.contains("LITERAL-"), enabled.contains("UTF8=ACCEPT"));
    }
}
