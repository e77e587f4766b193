package dev.steadymail.server.search;

import dev.steadymail.server.search.Condition.Attached;
import dev.steadymail.server.search.Condition.Before;
import dev.steadymail.server.search.Condition.Field;
import dev.steadymail.server.search.Condition.Has;
import dev.steadymail.server.search.Condition.In;
import dev.steadymail.server.search.Condition.Larger;
import dev.steadymail.server.search.Condition.Marked;
import dev.steadymail.server.search.Condition.Not;
import dev.steadymail.server.search.Condition.Since;
import dev.steadymail.server.search.Condition.Smaller;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What words such as {@code has:attachment} mean. */
final class Operators {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]{5,20}Z");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
    private static final String SEEN = "$seen";
    private static final String FLAGGED = "$flagged";

    private Operators() {}

    /** Reads an operator; empty where there is none of that name, or its value is none that it takes. */
    static Optional<Condition> read(String name, String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "from" -> Optional.of(new Has(Field.FROM, value));
            case "to" -> Optional.of(new Has(Field.TO, value));
            case "subject" -> Optional.of(new Has(Field.SUBJECT, value));
            case "in" -> Optional.of(new In(value));
            case "has" -> value.equalsIgnoreCase("attachment") ? Optional.of(new Attached()) : Optional.empty();
            case "is" -> state(value);
            case "before" -> moment(value).map(Before::new);
            case "after" -> moment(value).map(Since::new);
            case "larger" -> size(value).map(Larger::new);
            case "smaller" -> size(value).map(Smaller::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Condition> state(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "unread" -> Optional.of(new Not(new Marked(SEEN)));
            case "read" -> Optional.of(new Marked(SEEN));
            case "starred" -> Optional.of(new Marked(FLAGGED));
            default -> Optional.empty();
        };
    }

    /** Reads a day, which begins at midnight UTC, or a moment such as 2024-03-01T12:00:00Z. */
    static Optional<Instant> moment(String text) {
        try {
            if (text.startsWith("0000")) {
                return Optional.empty(); // PostgreSQL has no year 0
            }
            if (DATE.matcher(text).matches()) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return MOMENT.matcher(text).matches() ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** Reads a number of octets, in multiples of 1,024 where a K, M or G follows. */
    static Optional<Long> size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        int shift =
                switch (size.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    default -> 0;
                };
        long number = Long.parseLong(size.group(1));
        return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
    }
}
