package dev.steadymail.gmail;

import dev.steadymail.gmail.json.HistoryPage;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads history, the cheapest of Gmail's reads. The cursor moves on only with the last page. */
final class HistoryPages {
    private final GmailMethods methods;
    private final EmailPages pages;

    HistoryPages(GmailMethods methods, EmailPages pages) {
        this.methods = methods;
        this.pages = pages;
    }

    ChangePage next(ChangeRun run, ChangeRequest request, GmailCursor cursor, Call call) {
        EmailDeltas deltas = new EmailDeltas();
        HistoryPage answer = run.withLabels(() -> read(run, request, cursor, cursor.pageToken(), call), call);
        BigInteger until = cursor.until() == null ? answer.historyId() : cursor.until();
        deltas.add(answer.records());
        while (deltas.isEmpty() && answer.nextPageToken() != null) {
            answer = read(run, request, cursor, answer.nextPageToken(), call);
            deltas.add(answer.records());
        }
        if (!deltas.isEmpty()) {
            run.refreshFor(deltas.mentioned(), call);
            deltas.dropAllBut(run.mailboxIds(call));
        }
        if (answer.nextPageToken() == null) {
            run.listForTheLastPage(call);
        }
        List<Change> changes = new ArrayList<>(run.mailboxChanges(request.known(), call));
        deltas.drop(changes, request.known());
        changes.addAll(changes(deltas, request, call));
        ChangePage page = page(run, changes, answer, until, cursor);
        boolean again = !page.last() && changes.isEmpty() && page.next().equals(request.cursor());
        // The list was begun again, and what its first pages tell is known: on to the page that was asked for.
        return again ? next(run, request, cursor, call) : page;
    }

    /**
     * What happened while the pages were read is history since the first of them was: the run goes on with it, as later pages may or may
     * not have told of it already.
     */
    private static ChangePage page(
            ChangeRun run, List<Change> changes, HistoryPage answer, @Nullable BigInteger until, GmailCursor cursor) {
        String token = answer.nextPageToken();
        BigInteger now = answer.historyId();
        boolean more = now != null && until != null && now.compareTo(until) > 0;
        boolean last = token == null && !(more && run.goesOn());
        GmailCursor next = token == null
                ? GmailCursor.history(later(cursor.historyId(), until), cursor.scope())
                : cursor.at(token, until);
        return new ChangePage(changes, next.toSyncCursor(), last, Mode.INCREMENTAL, OptionalLong.empty());
    }

    private static BigInteger later(BigInteger known, @Nullable BigInteger told) {
        return told == null ? known : known.max(told);
    }

    private List<Change> changes(EmailDeltas deltas, ChangeRequest request, Call call) {
        Scope scope = new Scope(request.scope());
        EmailDeltas.Resolved resolved = deltas.resolve(request.known(), scope);
        List<Change> changes = new ArrayList<>(resolved.changes());
        Map<EmailId, Email> now = pages.get(resolved.toLookAt(), FetchLevel.STATE, call).stream()
                .collect(Collectors.toMap(Email::id, Function.identity()));
        for (EmailId id : resolved.toLookAt()) {
            looked(request.known(), id, now.get(id), scope).ifPresent(changes::add);
        }
        return changes;
    }

    private static Optional<Change> looked(KnownEmails emails, EmailId id, @Nullable Email now, Scope scope) {
        Optional<KnownEmail> known = emails.find(id);
        if (now == null) {
            return Optional.of(new Change.Vanished(id));
        }
        if (known.isPresent()) {
            return EmailDeltas.change(known.get(), now.mailboxIds(), now.keywords(), scope);
        }
        if (scope.covers(now.mailboxIds())) {
            return Optional.of(new Change.Appeared(id));
        }
        return emails.unread().contains(id) ? Optional.of(new Change.Vanished(id)) : Optional.empty();
    }

    private HistoryPage read(
            ChangeRun run, ChangeRequest request, GmailCursor cursor, @Nullable String token, Call call) {
        try {
            return methods.history(cursor.historyId(), token, request.maxChanges(), call);
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND) {
                throw expired(failure);
            }
            if (failure.kind() == Kind.INVALID && token != null) {
                run.beginAgain(failure);
                return read(run, request, cursor, null, call);
            }
            throw failure;
        }
    }

    private static MailException expired(MailException cause) {
        return MailException.builder(
                        Kind.CURSOR_EXPIRED,
                        "Gmail no longer knows the history since the last sync; syncing again compares everything")
                .providerCode(cause.providerCode().orElse(null))
                .cause(cause)
                .build();
    }
}
