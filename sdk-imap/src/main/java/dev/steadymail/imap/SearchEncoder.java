package dev.steadymail.imap;

import dev.steadymail.imap.command.SearchKeys;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.query.EmailFilter;
import dev.steadymail.query.EmailQuery.TextMatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * Writes a filter as SEARCH keys (RFC 3501 section 6.4.4). Dates are widened to whole days, and one more for the time zone of the
 * server, so an answer may hold more than was asked for; {@link #matches} tells.
 */
final class SearchEncoder {
    private static final Map<Keyword, String> SYSTEM = Map.of(
            Keyword.SEEN, "SEEN",
            Keyword.FLAGGED, "FLAGGED",
            Keyword.ANSWERED, "ANSWERED",
            Keyword.DRAFT, "DRAFT",
            Keyword.DELETED, "DELETED");

    private final EmailFilter filter;
    private final List<String> words = new ArrayList<>();
    private final List<UnaryOperator<SearchKeys>> keys = new ArrayList<>();

    SearchEncoder(EmailFilter filter) {
        this.filter = filter;
        if (filter.raw() != null) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "this account's provider lacks RAW_QUERY; ask capabilities() before relying on it");
        }
        filter.having().stream().sorted().forEach(keyword -> keyword(keyword, true));
        filter.without().stream().sorted().forEach(keyword -> keyword(keyword, false));
        filter.texts().forEach(this::text);
        dates();
    }

    /** Returns what to search for, restricted to a set of UIDs. */
    SearchKeys keys(String uids) {
        SearchKeys all = SearchKeys.ALL.uids(uids);
        for (UnaryOperator<SearchKeys> key : keys) {
            all = key.apply(all);
        }
        return all;
    }

    /** Returns whether an email that the server found meets the conditions that were widened. */
    boolean matches(Instant receivedAt) {
        Instant since = filter.since();
        Instant before = filter.before();
        return (since == null || !receivedAt.isBefore(since)) && (before == null || receivedAt.isBefore(before));
    }

    /** Returns whether no condition was widened. */
    boolean isExact() {
        return filter.since() == null && filter.before() == null;
    }

    /** Returns a number that tells one search from another, without their content. */
    long fingerprint() {
        CRC32 sum = new CRC32();
        words.forEach(word -> sum.update((word + "\n").getBytes(StandardCharsets.UTF_8)));
        sum.update((filter.since() + "\n" + filter.before()).getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private void keyword(Keyword keyword, boolean set) {
        String system = SYSTEM.get(keyword);
        words.add((set ? "" : "UN") + (system == null ? "KEYWORD\n" + keyword.value() : system));
        keys.add(
                system == null
                        ? all -> all.keyword(keyword.value(), set)
                        : all -> all.key(set ? system : "UN" + system));
    }

    private void text(TextMatch match) {
        String key =
                switch (match.field()) {
                    case FROM, TO, CC, BCC, SUBJECT, BODY -> match.field().name();
                    case ANYWHERE -> "TEXT";
                    case MESSAGE_ID -> "HEADER Message-ID";
                };
        words.add(key);
        words.add(match.text());
        keys.add(all -> all.text(key, match.text()));
    }

    private void dates() {
        Instant since = filter.since();
        if (since != null) {
            day(true, since.atOffset(ZoneOffset.UTC).minusDays(1).toLocalDate());
        }
        Instant before = filter.before();
        if (before != null) {
            day(false, before.atOffset(ZoneOffset.UTC).plusDays(2).toLocalDate());
        }
    }

    private void day(boolean since, LocalDate day) {
        words.add((since ? "SINCE " : "BEFORE ") + day);
        keys.add(all -> all.received(since, day));
    }
}
