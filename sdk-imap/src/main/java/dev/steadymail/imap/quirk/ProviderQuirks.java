package dev.steadymail.imap.quirk;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How to treat one provider. The numbers are our caution where a provider publishes none. Immutable and thread-safe.
 *
 * @param name the provider, for logs and metrics
 * @param maxConnections connections of one account at once, idle ones included; the user's other programs need some, too
 * @param maxHostConnections connections to the host at once, over all accounts of this process; {@link Integer#MAX_VALUE} where the
 *     host counts accounts only
 * @param idleReissue how long an IDLE may last before it is issued again
 * @param commandLineOctets the longest command line, literals and authentication not counted
 * @param commandsInFlight how many commands may be sent before the first is answered; nothing ever follows DONE or a literal that
 *     way, servers are known to lose it
 * @param quirks what else is odd
 */
public record ProviderQuirks(
        String name,
        int maxConnections,
        int maxHostConnections,
        Duration idleReissue,
        int commandLineOctets,
        int commandsInFlight,
        Set<Quirk> quirks) {
    /** New connections to one host within a minute, over all accounts, so that a restart is no storm. */
    public static final int NEW_CONNECTIONS_PER_MINUTE = 200;

    /** Copies the set. */
    public ProviderQuirks {
        quirks = Set.copyOf(quirks);
    }

    /** Returns whether the provider has a quirk. */
    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /**
     * Returns how to treat a server. Its name, which TLS proves, decides first; after that what the server says of itself, and that
     * never allows more connections than an unknown server gets. Ask again after login, when greeting and capabilities are complete.
     *
     * @param host the name that the account gives, in any case, with or without a trailing dot
     * @param saying the text of the greeting and of the ID response, or empty
     * @param capabilities what the server states, in upper case
     */
    public static ProviderQuirks of(String host, String saying, Set<String> capabilities) {
        String name = normal(host);
        for (ProviderTable row : ProviderTable.ROWS) {
            if (row.owns(name)) {
                return row.quirks().withLinesOf(capabilities);
            }
        }
        String said = saying.toLowerCase(Locale.ROOT);
        for (ProviderTable row : ProviderTable.ROWS) {
            if (row.isMeantBy(said, capabilities)) {
                return row.quirks().onItsOwnWord().withLinesOf(capabilities);
            }
        }
        return ProviderTable.OTHER.quirks().withLinesOf(capabilities);
    }

    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** RFC 7162 section 4 lets clients send 8,192 octets where CONDSTORE is stated, and so does what grew out of it. */
    private ProviderQuirks withLinesOf(Set<String> capabilities) {
        boolean longLines = capabilities.contains("CONDSTORE")
                || capabilities.contains("QRESYNC")
                || capabilities.contains("IMAP4REV2");
        int octets = longLines ? ProviderTable.Numbers.LONG_LINE : commandLineOctets;
        if (octets == commandLineOctets) {
            return this;
        }
        return new ProviderQuirks(
                name, maxConnections, maxHostConnections, idleReissue, octets, commandsInFlight, quirks);
    }

    private ProviderQuirks onItsOwnWord() {
        ProviderQuirks other = ProviderTable.OTHER.quirks();
        Set<Quirk> kept = new HashSet<>(quirks);
        kept.remove(Quirk.COUNTS_PER_ACCOUNT);
        return new ProviderQuirks(
                name,
                Math.min(maxConnections, other.maxConnections),
                other.maxHostConnections,
                idleReissue,
                commandLineOctets,
                commandsInFlight,
                kept);
    }
}
