package dev.steadymail.server.discovery;

import dev.steadymail.server.discovery.Candidate.Confidence;
import dev.steadymail.server.discovery.Candidate.Source;
import dev.steadymail.server.discovery.Server.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of providers.
 *
 * @param domains what addresses end in; one that ends in a dot stands for every top-level domain
 * @param exchangers what the names of its mail exchangers end in
 */
record KnownProvider(
        List<String> domains,
        List<String> exchangers,
        Server imap,
        Server smtp,
        List<String> logins,
        @Nullable String hint) {
    private static final String NONE = "-";
    private static final int COLUMNS = 6;

    KnownProvider {
        domains = List.copyOf(domains);
        exchangers = List.copyOf(exchangers);
        logins = List.copyOf(logins);
    }

    /** Reads a line: domains, exchangers, imap, smtp, logins, hint, with {@code |} between and a dash for what there is not. */
    static KnownProvider parse(String line) {
        String[] columns = line.split("\\|", COLUMNS);
        String hint = columns[COLUMNS - 1].strip();
        return new KnownProvider(
                words(columns[0]),
                words(columns[1]),
                server(columns[2]),
                server(columns[3]),
                words(columns[4]),
                hint.equals(NONE) ? null : hint);
    }

    private static List<String> words(String column) {
        String text = column.strip();
        return text.equals(NONE) ? List.of() : List.of(text.split("\\s+"));
    }

    private static Server server(String column) {
        String[] parts = column.strip().split("\\s+");
        return new Server(parts[1], Integer.parseInt(parts[2]), protection(parts[0]));
    }

    private static Protection protection(String text) {
        return Protection.valueOf(text.toUpperCase(java.util.Locale.ROOT));
    }

    boolean hasDomain(String domain) {
        return domains.stream()
                .anyMatch(known -> known.endsWith(".")
                        ? domain.startsWith(known) && isTopLevel(domain.substring(known.length()))
                        : domain.equals(known));
    }

    /** As com, de and co.uk, and not as what somebody else may register below one of these. */
    private static boolean isTopLevel(String rest) {
        return rest.matches("[a-z]{2,3}|com?\\.[a-z]{2}");
    }

    boolean hasExchanger(String host) {
        return exchangers.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
    }

    Candidate candidate(MailAddress address, Source source) {
        Confidence confidence = source == Source.PROVIDER ? Confidence.HIGH : Confidence.MEDIUM;
        return new Candidate(source, confidence, address.text(), imap, smtp, logins, hint);
    }
}
