package dev.steadymail.gmail;

import dev.steadymail.gmail.json.IdPage;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Cause;
import dev.steadymail.provider.ChangePage.Gap;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the difference when history has expired: lists every id, then the ids of each label, which tells the state of every
 * email without reading one. It takes several pages and is kept in memory; a crash begins it again. What changes meanwhile is in
 * the history since the id taken at its start. Used by one thread at a time.
 */
final class Recovery {
    private static final Set<Gap> EXPIRED = Set.of(new Gap(Cause.HISTORY_EXPIRED, null));

    /** Lists read for one page of changes, so that a page ends before its deadline. */
    private static final int LISTS_PER_PAGE = 40;

    private final GmailMethods methods;
    private final BigInteger historyId;
    private final Scope scope;
    private final List<String> labels;
    private final Map<String, BitSet> found = new HashMap<>();
    private final Queue<EmailId> unknown = new ArrayDeque<>();
    private int source = -1;
    private @Nullable String token;
    private boolean compared;

    private Recovery(GmailMethods methods, BigInteger historyId, Scope scope, List<String> labels) {
        this.methods = methods;
        this.historyId = historyId;
        this.scope = scope;
        this.labels = labels;
    }

    /** @param mailboxLabels listed after {@code historyId} was asked for, so that history tells of every label made later */
    static Recovery from(GmailMethods methods, BigInteger historyId, Set<String> mailboxLabels, Scope scope) {
        Set<String> labels = new TreeSet<>(mailboxLabels);
        labels.add(Labels.UNREAD);
        labels.add(Labels.STARRED);
        return new Recovery(methods, historyId, scope, List.copyOf(labels));
    }

    boolean isDone() {
        return compared && unknown.isEmpty();
    }

    ChangePage next(ChangeRun run, ChangeRequest request, GmailCursor cursor, Call call) {
        for (int lists = 0; source < labels.size() && lists < LISTS_PER_PAGE; lists++) {
            readOne(run, call);
        }
        List<Change> changes = new ArrayList<>();
        if (source >= labels.size()) {
            if (!compared) {
                changes.addAll(run.mailboxChanges(request.known(), call));
                changes.addAll(compare(request.known()));
                compared = true;
            }
            for (int i = 0; i < request.maxChanges() && !unknown.isEmpty(); i++) {
                changes.add(new Change.Appeared(unknown.remove()));
            }
        }
        return page(changes, cursor);
    }

    private ChangePage page(List<Change> changes, GmailCursor cursor) {
        // A page that has nothing to say must lead to another cursor, also where history stands where it stood.
        boolean unmoved = changes.isEmpty() && cursor.step() == 0;
        GmailCursor next = isDone() && !unmoved
                ? GmailCursor.history(historyId, scope.fingerprint())
                : cursor.compared(scope.fingerprint());
        OptionalLong expected = source < 0 ? OptionalLong.empty() : OptionalLong.of(found.size());
        return new ChangePage(changes, next.toSyncCursor(), false, Mode.RECOVERED, expected, EXPIRED);
    }

    /** Source -1 lists everything, the others one label each. */
    private void readOne(ChangeRun run, Call call) {
        IdPage answer;
        try {
            Listing listing = source < 0 ? Listing.EVERYTHING : Listing.of(labels.get(source));
            answer = methods.list(listing, token, GmailMethods.MAX_PAGE, call);
        } catch (MailException failure) {
            refused(failure, run, call);
            return;
        }
        note(answer);
    }

    /**
     * A refused token begins its list again: what was noted stays, as whatever changed since is in the history. Without a token,
     * a label is refused that was removed meanwhile.
     */
    private void refused(MailException failure, ChangeRun run, Call call) {
        if (!FullListing.isRefused(failure)) {
            throw failure;
        }
        if (token != null) {
            token = null;
            run.beginAgain(failure);
        } else if (source >= 0 && run.lacks(labels.get(source), call)) {
            source++;
        } else {
            throw failure;
        }
    }

    private void note(IdPage answer) {
        for (EmailId id : EmailPages.ids(answer)) {
            BitSet bits = source < 0 ? found.computeIfAbsent(id.value(), one -> new BitSet()) : found.get(id.value());
            if (bits != null && source >= 0) {
                bits.set(source);
            }
        }
        token = answer.nextPageToken();
        if (token == null) {
            source++;
        }
    }

    /** Leaves what was found as it is: where the store fails to answer, the next call compares again. */
    private List<Change> compare(KnownEmails known) {
        List<Change> changes = new ArrayList<>();
        Collection<EmailId> unread = known.unread();
        Set<String> seen = new HashSet<>();
        for (KnownEmail email : known.all()) {
            seen.add(email.id().value());
            BitSet bits = found.get(email.id().value());
            if (bits == null) {
                changes.add(new Change.Vanished(email.id()));
            } else {
                EmailDeltas.change(email, labels(bits), scope).ifPresent(changes::add);
            }
        }
        for (EmailId id : unread) {
            BitSet bits = found.get(id.value());
            if (bits == null || !scope.covers(Labels.mailboxIds(labels(bits)))) {
                changes.add(new Change.Vanished(id));
            }
        }
        found.forEach((id, bits) -> {
            if (!seen.contains(id) && scope.covers(Labels.mailboxIds(labels(bits)))) {
                unknown.add(new EmailId(id));
            }
        });
        return changes;
    }

    private Set<String> labels(BitSet bits) {
        Set<String> names = new TreeSet<>();
        bits.stream().forEach(index -> names.add(labels.get(index)));
        return names;
    }
}
