package dev.steadymail.testkit.gmail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each search operator means. Days are UTC days. A value that cannot be read matches nothing. */
final class SearchOperators {
    private static final Set<String> HEADERS = Set.of("from", "to", "cc", "bcc", "subject");
    private static final Set<String> OTHERS = Set.of(
            "label",
            "in",
            "is",
            "category",
            "has",
            "filename",
            "rfc822msgid",
            "after",
            "newer",
            "before",
            "older",
            "newer_than",
            "older_than",
            "larger",
            "size",
            "smaller");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmM]?)[bB]?");
    private static final Pattern DAY = Pattern.compile("(\\d{4})[/-](\\d{1,2})[/-](\\d{1,2})");
    private static final Pattern AGE = Pattern.compile("(\\d{1,5})([dmy])");

    private final Mailbox mailbox;
    private boolean reachesSpamTrash;

    SearchOperators(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    static boolean isKnown(String name) {
        return HEADERS.contains(name) || OTHERS.contains(name);
    }

    /** Whether a condition made so far asks for spam, trash or everything. */
    boolean reachesSpamTrash() {
        return reachesSpamTrash;
    }

    Predicate<StoredMessage> condition(String operator, String value) {
        if (HEADERS.contains(operator)) {
            return message -> SearchText.containsWords(message.mime().decodedHeader(operator), value);
        }
        return switch (operator) {
            case "label", "in", "is" -> labelled(value.toLowerCase(Locale.ROOT));
            case "category" -> labelled("category_" + value.toLowerCase(Locale.ROOT));
            case "has" -> has(value.toLowerCase(Locale.ROOT));
            case "filename" ->
                message -> SearchText.filenames(message.mime()).anyMatch(name -> SearchText.containsWords(name, value));
            case "rfc822msgid" -> message -> message.rfc822Id().equalsIgnoreCase(value.replaceAll("[<>\\s]", ""));
            case "after", "newer" -> since(instant(value));
            case "before", "older" -> until(instant(value));
            case "newer_than" -> since(ago(value));
            case "older_than" -> until(ago(value));
            case "larger", "size" -> larger(value);
            case "smaller" -> smaller(value);
            default -> message -> SearchText.containsWords(SearchText.of(message.mime()), value);
        };
    }

    private Predicate<StoredMessage> labelled(String name) {
        switch (name) {
            case "anywhere", "all" -> {
                reachesSpamTrash = true;
                return message -> true;
            }
            case "read" -> {
                return message -> !message.has("UNREAD");
            }
            default -> {
                String labelId = labelId(name);
                reachesSpamTrash |= labelId.equals("SPAM") || labelId.equals("TRASH");
                return message -> message.has(labelId);
            }
        }
    }

    private String labelId(String name) {
        String wanted = dashed(name);
        for (LabelTable.Label label : mailbox.labels().all()) {
            if (dashed(label.name()).equals(wanted) || dashed(label.id()).equals(wanted)) {
                return label.id();
            }
        }
        return switch (name) {
            case "drafts" -> "DRAFT";
            case "chats" -> "CHAT";
            default -> "";
        };
    }

    /** In a search, blanks and slashes of a label's name are written as dashes. */
    private static String dashed(String name) {
        return name.toLowerCase(Locale.ROOT).replace('/', '-').replace(' ', '-');
    }

    private static Predicate<StoredMessage> has(String value) {
        return switch (value) {
            case "attachment" ->
                message -> SearchText.filenames(message.mime()).findAny().isPresent();
            case "userlabels" -> message -> message.labels().stream().anyMatch(id -> id.startsWith("Label_"));
            case "nouserlabels" -> message -> message.labels().stream().noneMatch(id -> id.startsWith("Label_"));
            default -> message -> false;
        };
    }

    private static Predicate<StoredMessage> since(@Nullable Instant limit) {
        return message -> limit != null && !message.internalDate().isBefore(limit);
    }

    private static Predicate<StoredMessage> until(@Nullable Instant limit) {
        return message -> limit != null && message.internalDate().isBefore(limit);
    }

    private static Predicate<StoredMessage> larger(String value) {
        long bytes = bytes(value);
        return message -> bytes >= 0 && message.raw().length > bytes;
    }

    private static Predicate<StoredMessage> smaller(String value) {
        long bytes = bytes(value);
        return message -> message.raw().length < bytes;
    }

    private static long bytes(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            return -1;
        }
        long unit =
                switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 1024;
                    case "m" -> 1024 * 1024;
                    default -> 1;
                };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    private static @Nullable Instant instant(String value) {
        if (value.matches("\\d{5,12}")) {
            return Instant.ofEpochSecond(Long.parseLong(value));
        }
        Matcher day = DAY.matcher(value);
        if (!day.matches()) {
            return null;
        }
        int month = Integer.parseInt(day.group(2));
        int dayOfMonth = Integer.parseInt(day.group(3));
        if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) {
            return null;
        }
        // The 31st of a short month runs on into the next one.
        LocalDate first = LocalDate.of(Integer.parseInt(day.group(1)), month, 1);
        return first.plusDays(dayOfMonth - 1L).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private @Nullable Instant ago(String value) {
        Matcher matcher = AGE.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        int count = Integer.parseInt(matcher.group(1));
        Period age =
                switch (matcher.group(2)) {
                    case "d" -> Period.ofDays(count);
                    case "m" -> Period.ofMonths(count);
                    default -> Period.ofYears(count);
                };
        return mailbox.clock().instant().atZone(ZoneOffset.UTC).minus(age).toInstant();
    }
}
