package dev.steadymail.imap;

import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.query.EmailFilter;
import dev.steadymail.query.EmailQuery.TextMatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.eclipse.angus.mail.iap.Argument;

/**
 * Writes a filter as SEARCH keys (RFC 3501 section 6.4.4). Dates are widened to whole days, and one more for the time zone of the
 * server, so an answer may hold more than was asked for; {@link #matches} tells.
 */
final class SearchEncoder {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);
    private static final Map<Keyword, String> SYSTEM = Map.of(
            Keyword.SEEN, "SEEN",
            Keyword.FLAGGED, "FLAGGED",
            Keyword.ANSWERED, "ANSWERED",
            Keyword.DRAFT, "DRAFT",
            Keyword.DELETED, "DELETED");

    private final EmailFilter filter;
    private final List<Object> keys = new ArrayList<>();

    SearchEncoder(EmailFilter filter) {
        this.filter = filter;
        if (filter.raw() != null) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "this account's provider lacks RAW_QUERY; ask capabilities() before relying on it");
        }
        filter.having().stream().sorted().forEach(keyword -> keyword(keyword, ""));
        filter.without().stream().sorted().forEach(keyword -> keyword(keyword, "UN"));
        filter.texts().forEach(this::text);
        dates();
    }

    /** Returns the arguments of UID SEARCH, restricted to a set of UIDs. */
    Argument encode(String uids, boolean extended) {
        Argument arguments = new Argument();
        if (extended) {
            arguments.writeAtom("RETURN (ALL)");
        }
        if (!isAscii()) {
            arguments.writeAtom("CHARSET UTF-8");
        }
        arguments.writeAtom("UID " + uids);
        for (Object key : keys) {
            if (key instanceof Text text) {
                arguments.writeString(text.value, StandardCharsets.UTF_8);
            } else {
                arguments.writeAtom(key.toString());
            }
        }
        return arguments;
    }

    /** Returns whether an email that the server found meets the conditions that were widened. */
    boolean matches(Instant receivedAt) {
        Instant since = filter.since();
        Instant before = filter.before();
        return (since == null || !receivedAt.isBefore(since)) && (before == null || receivedAt.isBefore(before));
    }

    /** Returns a number that tells one search from another, without their content. */
    long fingerprint() {
        CRC32 sum = new CRC32();
        keys.forEach(key -> sum.update((key + "\n").getBytes(StandardCharsets.UTF_8)));
        sum.update((filter.since() + "\n" + filter.before()).getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private void keyword(Keyword keyword, String prefix) {
        String system = SYSTEM.get(keyword);
        if (system != null) {
            keys.add(prefix + system);
            return;
        }
        keys.add(prefix + "KEYWORD");
        keys.add(keyword.value());
    }

    private void text(TextMatch match) {
        switch (match.field()) {
            case FROM, TO, CC, BCC, SUBJECT, BODY -> keys.add(match.field().name());
            case ANYWHERE -> keys.add("TEXT");
            case MESSAGE_ID -> keys.add("HEADER Message-ID");
        }
        keys.add(new Text(match.text()));
    }

    private void dates() {
        Instant since = filter.since();
        if (since != null) {
            keys.add("SINCE " + DAY.format(since.atOffset(ZoneOffset.UTC).minusDays(1)));
        }
        Instant before = filter.before();
        if (before != null) {
            keys.add("BEFORE " + DAY.format(before.atOffset(ZoneOffset.UTC).plusDays(2)));
        }
    }

    private boolean isAscii() {
        return keys.stream().allMatch(key -> key.toString().chars().allMatch(c -> c < 0x80));
    }

    /** A string that has to be quoted. */
    private record Text(String value) {
        @Override
        public String toString() {
            return value;
        }
    }
}
