package dev.steadymail.gmail;

import com.google.api.services.gmail.model.Profile;
import dev.steadymail.gmail.GmailCursor.Phase;
import dev.steadymail.gmail.json.IdPage;
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
import dev.steadymail.provider.KnownEmails;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Lists everything in scope, page by page, and hands over to history. What is known already is passed over. */
final class FullListing {
    /** Lists read for one page of changes while all in them is known, as after a list had to begin again. */
    private static final int LISTS_PER_PAGE = 40;

    private static final int HISTORY_ID_BITS = 64;

    private final GmailMethods methods;
    private final EmailPages pages;

    FullListing(GmailMethods methods, EmailPages pages) {
        this.methods = methods;
        this.pages = pages;
    }

    ChangePage first(ChangeRun run, ChangeRequest request, Call call) {
        Profile profile = run.withLabels(() -> methods.profile(call), call);
        Scope scope = new Scope(request.scope());
        long expected = scope.isAll() && profile.getMessagesTotal() != null ? profile.getMessagesTotal() : -1;
        GmailCursor start =
                new GmailCursor(Phase.LIST, historyId(profile), scope.fingerprint(), expected, 0, null, null);
        return next(run, request, start, call);
    }

    ChangePage next(ChangeRun run, ChangeRequest request, GmailCursor cursor, Call call) {
        List<Listing> listings = new Scope(request.scope()).listings();
        List<Change> changes = MailboxChanges.of(run, request, call);
        if (cursor.step() >= listings.size()) {
            return page(changes, GmailCursor.history(cursor.historyId(), cursor.scope()), cursor);
        }
        Listing listing = listings.get(cursor.step());
        GmailCursor next = cursor;
        for (int lists = 0; lists < LISTS_PER_PAGE && goesOn(next, cursor, changes); lists++) {
            IdPage answer = list(run, listing, next.pageToken(), request.maxChanges(), call);
            List<EmailId> unknown = unknown(EmailPages.ids(answer), request.known());
            covered(unknown, listing, call).forEach(id -> changes.add(new Change.Appeared(id)));
            next = after(cursor, listings.size(), answer.nextPageToken());
        }
        return page(changes, next, cursor);
    }

    private static boolean goesOn(GmailCursor next, GmailCursor cursor, List<Change> changes) {
        return next.equals(cursor) || (changes.isEmpty() && next.step() == cursor.step() && next.pageToken() != null);
    }

    /** One that no cursor could keep is refused before anything is listed. */
    static BigInteger historyId(Profile profile) {
        BigInteger id = profile.getHistoryId();
        if (id == null) {
            throw MailException.of(Kind.PROTOCOL, "Gmail's profile has no history id");
        }
        if (id.signum() < 0 || id.bitLength() > HISTORY_ID_BITS) {
            throw MailException.of(
                    Kind.PROTOCOL,
                    "Gmail's profile has a history id that is no unsigned number of " + HISTORY_ID_BITS + " bits");
        }
        return id;
    }

    private static GmailCursor after(GmailCursor cursor, int listings, @Nullable String token) {
        if (token != null) {
            return cursor.at(cursor.step(), token);
        }
        return cursor.step() + 1 < listings
                ? cursor.at(cursor.step() + 1, null)
                : GmailCursor.history(cursor.historyId(), cursor.scope());
    }

    /**
     * A token that is refused, as after days, begins the list again: what is known by now costs nothing more. A mailbox in scope
     * that is not there is an empty list.
     */
    private IdPage list(ChangeRun run, Listing listing, @Nullable String token, int size, Call call) {
        try {
            return methods.list(listing, token, size, call);
        } catch (MailException failure) {
            if (!isRefused(failure)) {
                throw failure;
            }
            if (token != null) {
                run.beginAgain(failure);
                return list(run, listing, null, size, call);
            }
            if (listing.labelIds().isEmpty() || !run.lacks(listing.labelIds().get(0), call)) {
                throw failure;
            }
            return IdPage.EMPTY;
        }
    }

    /** Whether a list was refused for its label or page token. */
    static boolean isRefused(MailException failure) {
        return failure.kind() == Kind.INVALID || failure.kind() == Kind.NOT_FOUND;
    }

    private static List<EmailId> unknown(List<EmailId> ids, KnownEmails known) {
        List<EmailId> unknown = new ArrayList<>(ids);
        unknown.removeAll(known.present(ids));
        return unknown;
    }

    /** The search for what bears no label finds too much, so those emails are looked at one by one. */
    private List<EmailId> covered(List<EmailId> ids, Listing listing, Call call) {
        if (!listing.equals(QueryCompiler.UNFILED_ONLY)) {
            return ids;
        }
        return pages.get(ids, FetchLevel.STATE, call).stream()
                .filter(email -> email.mailboxIds().contains(Labels.ALL_MAIL))
                .map(Email::id)
                .toList();
    }

    private static ChangePage page(List<Change> changes, GmailCursor next, GmailCursor current) {
        OptionalLong expected = current.expected() < 0 ? OptionalLong.empty() : OptionalLong.of(current.expected());
        return new ChangePage(changes, next.toSyncCursor(), false, Mode.FULL, expected);
    }
}
