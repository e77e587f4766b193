package dev.steadymail.server.discovery;

import dev.steadymail.server.accounts.HostText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service is (RFC 2782).
 *
 * @param priority the lowest comes first
 * @param weight among the same priority, the likelier
 */
record SrvRecord(int priority, int weight, int port, String host) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5}) (\\d{1,5}) (\\d{1,5}) (\\S{1,255})");
    /** By weight, which is a chance where load is spread and an order for who asks once. */
    private static final Comparator<SrvRecord> ORDER = Comparator.comparingInt(SrvRecord::priority)
            .thenComparing(Comparator.comparingInt(SrvRecord::weight).reversed());

    /** Returns the first of the records; empty where there is none, or a dot says that there is no such service. */
    static Optional<SrvRecord> best(List<String> texts) {
        return texts.stream()
                .map(SrvRecord::parse)
                .flatMap(Optional::stream)
                .sorted(ORDER)
                .findFirst();
    }

    private static Optional<SrvRecord> parse(String text) {
        Matcher record = FORM.matcher(text.strip());
        if (!record.matches()) {
            return Optional.empty();
        }
        String host = withoutRoot(record.group(4));
        return HostText.isName(host)
                ? Optional.of(
                        new SrvRecord(number(record.group(1)), number(record.group(2)), number(record.group(3)), host))
                : Optional.empty();
    }

    /** Returns a name of a zone file as hosts are written here. */
    static String withoutRoot(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
