package dev.steadymail.testkit.memory;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a query's answer into pages. A token names the last email of a page, so arrivals meanwhile repeat nothing. */
final class QueryPages {
    private static final Comparator<Place> OLDEST_FIRST =
            Comparator.comparing(Place::receivedAt).thenComparing(Place::serial);

    private QueryPages() {}

    static EmailPage page(List<StoredEmail> emails, EmailQuery query, @Nullable PageToken token) {
        Comparator<Place> order = query.isNewestFirst() ? OLDEST_FIRST.reversed() : OLDEST_FIRST;
        Place after = token == null ? null : Place.parse(token);
        List<StoredEmail> rest = emails.stream()
                .filter(new Matching(query.filter()))
                .filter(email -> after == null || order.compare(Place.of(email), after) > 0)
                .sorted(Comparator.comparing(Place::of, order))
                .limit(query.pageSize() + 1L)
                .toList();
        List<StoredEmail> page = rest.subList(0, Math.min(rest.size(), query.pageSize()));
        PageToken next =
                rest.size() > page.size() ? Place.of(page.get(page.size() - 1)).token() : null;
        return new EmailPage(page.stream().map(email -> email.at(query.level())).toList(), next);
    }

    private record Place(Instant receivedAt, long serial) {
        private static final Pattern TOKEN = Pattern.compile("(-?\\d{1,15}) (\\d{1,15})");

        static Place of(StoredEmail email) {
            return new Place(email.receivedAt(), email.serial());
        }

        static Place parse(PageToken token) {
            Matcher parts = TOKEN.matcher(token.value());
            if (!parts.matches()) {
                throw MailException.of(Kind.INVALID, "the page token is of another provider; start the query again");
            }
            return new Place(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), Long.parseLong(parts.group(2)));
        }

        PageToken token() {
            return new PageToken(receivedAt.toEpochMilli() + " " + serial);
        }
    }
}
