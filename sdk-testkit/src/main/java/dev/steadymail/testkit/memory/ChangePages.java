package dev.steadymail.testkit.memory;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Cause;
import dev.steadymail.provider.ChangePage.Gap;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.testkit.memory.ChangeCursor.Walk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Finds one page of changes: what was touched since the cursor, or everything, compared with what the caller knows. */
final class ChangePages {
    private final MailState.Snapshot now;
    private final ChangeRequest request;
    private final ChangeCursor cursor;
    private final List<Change> changes = new ArrayList<>();
    private int appeared;

    private ChangePages(MailState.Snapshot now, ChangeRequest request) {
        this.now = now;
        this.request = request;
        this.cursor = ChangeCursor.of(request.cursor(), now);
    }

    static ChangePage page(MailState.Snapshot now, ChangeRequest request) {
        ChangePages pages = new ChangePages(now, request);
        pages.saveMailboxes();
        return pages.cursor.walk() == Walk.NONE ? pages.touched() : pages.listed();
    }

    /** Everything not yet listed; what changed meanwhile comes afterwards. */
    private ChangePage listed() {
        if (cursor.walk() == Walk.RECOVERY && cursor.after() == 0) {
            dropUnknown();
        }
        List<StoredEmail> rest = now.emails().stream()
                .filter(email -> email.serial() > cursor.after())
                .toList();
        int taken = compareWhileRoom(rest);
        dropMailboxes();
        boolean done = taken == rest.size();
        ChangeCursor next = done
                ? cursor.upTo(cursor.since())
                : cursor.listedUpTo(rest.get(taken - 1).serial());
        return page(next, done && cursor.since() == now.changes());
    }

    /** Everything touched since the cursor, in the order of last touch. */
    private ChangePage touched() {
        List<StoredEmail> touched = Stream.concat(now.emails().stream(), now.gone().stream())
                .filter(email -> email.touchedAt() > cursor.since())
                .sorted(Comparator.comparing(StoredEmail::touchedAt))
                .toList();
        int taken = compareWhileRoom(touched);
        dropMailboxes();
        boolean done = taken == touched.size();
        return page(cursor.upTo(done ? now.changes() : touched.get(taken - 1).touchedAt()), done);
    }

    private int compareWhileRoom(List<StoredEmail> emails) {
        int taken = 0;
        while (taken < emails.size() && appeared < request.maxChanges()) {
            compare(emails.get(taken++));
        }
        return taken;
    }

    private void compare(StoredEmail email) {
        Optional<KnownEmail> known = known(email);
        boolean there = isThere(email) && email.mailboxIds().stream().anyMatch(request::covers);
        if (there && known.isPresent()) {
            changed(email, known.get());
        } else if (there) {
            appeared++;
            changes.add(new Change.Appeared(email.id()));
        } else {
            known.ifPresent(old -> changes.add(new Change.Vanished(old.id())));
        }
    }

    private void changed(StoredEmail email, KnownEmail known) {
        if (!known.id().equals(email.id())) {
            changes.add(new Change.Relocated(known.id(), email.id(), email.mailboxIds()));
        }
        if (!known.mailboxIds().equals(email.mailboxIds()) || !known.keywords().equals(email.keywords())) {
            changes.add(new Change.Updated(email.id(), email.mailboxIds(), email.keywords()));
        }
    }

    private Optional<KnownEmail> known(StoredEmail email) {
        return email.ids().stream()
                .flatMap(id -> request.known().find(id).stream())
                .findFirst();
    }

    private boolean isThere(StoredEmail email) {
        return now.emails().contains(email);
    }

    /** After a recovery begins, nothing is remembered about what went. */
    private void dropUnknown() {
        Set<EmailId> there = new HashSet<>();
        now.emails().forEach(email -> there.addAll(email.ids()));
        request.known().all().stream()
                .filter(known -> !there.contains(known.id()))
                .forEach(known -> changes.add(new Change.Vanished(known.id())));
    }

    private void saveMailboxes() {
        Collection<Mailbox> known = request.known().mailboxes();
        now.mailboxes().stream()
                .filter(mailbox -> !known.contains(mailbox))
                .forEach(mailbox -> changes.add(new Change.MailboxSaved(mailbox)));
    }

    private void dropMailboxes() {
        Set<MailboxId> there = new HashSet<>();
        now.mailboxes().forEach(mailbox -> there.add(mailbox.id()));
        request.known().mailboxes().stream()
                .filter(mailbox -> !there.contains(mailbox.id()))
                .forEach(mailbox -> changes.add(new Change.MailboxGone(mailbox.id())));
    }

    private ChangePage page(ChangeCursor next, boolean last) {
        Mode mode =
                switch (cursor.walk()) {
                    case NONE -> Mode.INCREMENTAL;
                    case FULL -> Mode.FULL;
                    case RECOVERY -> Mode.RECOVERED;
                };
        OptionalLong expected =
                cursor.walk() == Walk.FULL ? OptionalLong.of(now.emails().size()) : OptionalLong.empty();
        Set<Gap> gaps = mode == Mode.RECOVERED ? Set.of(new Gap(Cause.HISTORY_EXPIRED, null)) : Set.of();
        return new ChangePage(changes, next.text(), last, mode, expected, gaps);
    }
}
