package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries: a search, then a fetch of one page of what it found where more than ids is wanted, in the order of UIDs, which is the order of arrival.
 * A query of every mailbox goes through one mailbox after the other, INBOX first; order holds within each.
 */
final class EmailSearch {
    private final ImapCalls calls;
    private final EmailFetch fetch;

    EmailSearch(ImapCalls calls, EmailFetch fetch) {
        this.calls = calls;
        this.fetch = fetch;
    }

    /**
     * A query with what is to come of each email found.
     *
     * @param read reads the emails of a page, or names them
     */
    private record Asked<T>(EmailQuery query, SearchEncoder search, Read<T> read) {}

    private interface Read<T> {
        List<T> of(ImapConnection connection, Place place, long[] uids);
    }

    private record Page<T>(List<T> found, @Nullable PageToken next) {}

    EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        SearchEncoder search = new SearchEncoder(query.filter());
        Page<Email> page = answer(
                new Asked<>(query, search, (connection, place, uids) -> fetch(connection, place, uids, query, search)),
                token,
                call);
        return new EmailPage(page.found(), page.next());
    }

    /** Where a search finds more than was asked for, the emails have to be looked at. */
    EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        SearchEncoder search = new SearchEncoder(query.filter());
        if (!search.isExact()) {
            return EmailIdPage.of(query(query.fetch(FetchLevel.STATE), token, call));
        }
        Page<EmailId> page = answer(
                new Asked<>(
                        query,
                        search,
                        (connection, place, uids) ->
                                LongStream.of(uids).mapToObj(place::id).toList()),
                token,
                call);
        return new EmailIdPage(page.found(), page.next());
    }

    private <T> Page<T> answer(Asked<T> asked, @Nullable PageToken token, Call call) {
        EmailQuery query = asked.query();
        MailboxId mailbox = query.filter().mailbox();
        QueryToken start =
                token == null ? null : QueryToken.parse(token, asked.search().fingerprint(), query.isNewestFirst());
        if (mailbox == null) {
            return everywhere(asked, start, call);
        }
        if (start != null && !start.mailbox().equals(mailbox.value())) {
            throw QueryToken.foreign();
        }
        return page(asked, mailbox.value(), start, call);
    }

    private <T> Page<T> everywhere(Asked<T> asked, @Nullable QueryToken start, Call call) {
        List<String> names = selectable(call);
        int first = start == null ? 0 : Math.max(0, names.indexOf(start.mailbox()));
        for (int i = first; i < names.size(); i++) {
            Page<T> page = page(asked, names.get(i), i == first ? start : null, call);
            if (page.next() != null || i == names.size() - 1) {
                return page;
            }
            if (!page.found().isEmpty()) {
                QueryToken next = new QueryToken(
                        asked.search().fingerprint(), asked.query().isNewestFirst(), 0, 0, names.get(i + 1));
                return new Page<>(page.found(), next.encode());
            }
        }
        return new Page<>(List.of(), null);
    }

    private List<String> selectable(Call call) {
        return calls.read("LIST", null, call, MailboxList::fetch).stream()
                .filter(Mailbox::selectable)
                .map(mailbox -> mailbox.id().value())
                .sorted(Comparator.comparing((String name) -> !name.equals(MailboxNames.INBOX))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private <T> Page<T> page(Asked<T> asked, String mailbox, @Nullable QueryToken start, Call call) {
        return calls.read("UID SEARCH", mailbox, call, connection -> page(asked, mailbox, start, connection));
    }

    private <T> Page<T> page(Asked<T> asked, String mailbox, @Nullable QueryToken start, ImapConnection connection) {
        EmailQuery query = asked.query();
        // The first page is of now; an open mailbox may be seen as it was at the last command.
        SelectedMailbox opened = start == null ? connection.examineAgain(mailbox) : connection.examine(mailbox);
        long after = start == null ? 0 : start.afterUid();
        if (start != null && after > 0 && start.uidValidity() != opened.uidValidity()) {
            throw QueryToken.foreign();
        }
        if (query.isNewestFirst() && after == 1) {
            return new Page<>(List.of(), null);
        }
        UidSet found = search(connection, asked.search(), query.isNewestFirst(), after);
        long[] uids = wanted(found, query, after).limit(query.pageSize() + 1L).toArray();
        int count = Math.min(uids.length, query.pageSize());
        List<T> read = count == 0
                ? List.of()
                : asked.read().of(connection, new Place(mailbox, opened.uidValidity()), Arrays.copyOf(uids, count));
        QueryToken next = uids.length <= count
                ? null
                : new QueryToken(
                        asked.search().fingerprint(),
                        query.isNewestFirst(),
                        opened.uidValidity(),
                        uids[count - 1],
                        mailbox);
        return new Page<>(read, next == null ? null : next.encode());
    }

    private static UidSet search(ImapConnection connection, SearchEncoder search, boolean newestFirst, long after) {
        String uids = newestFirst ? "1:" + (after == 0 ? "*" : Long.toString(after - 1)) : (after + 1) + ":*";
        return connection.search(search.keys(uids));
    }

    /** {@code n:*} always holds the last UID even where that is lower (RFC 3501 section 6.4.8), so it is checked here. */
    private static LongStream wanted(UidSet found, EmailQuery query, long after) {
        if (query.isNewestFirst()) {
            return found.descending().filter(uid -> after == 0 || uid < after);
        }
        return found.ascending().filter(uid -> uid > after);
    }

    private List<Email> fetch(
            ImapConnection connection, Place place, long[] uids, EmailQuery query, SearchEncoder search) {
        Set<Long> asked = new LinkedHashSet<>();
        LongStream.of(uids).forEach(asked::add);
        Map<EmailId, Email> found = new HashMap<>();
        fetch.fetchOpen(connection, place, asked, query.level()).forEach(email -> found.put(email.id(), email));
        List<Email> ordered = new ArrayList<>();
        for (long uid : asked) {
            Email email = found.get(place.id(uid));
            if (email != null && search.matches(email.receivedAt())) {
                ordered.add(email);
            }
        }
        return ordered;
    }
}
