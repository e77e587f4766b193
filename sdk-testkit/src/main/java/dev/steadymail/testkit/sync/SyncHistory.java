package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The batches that a store was given, and what must be true of each and of all together. Belongs to one thread. */
final class SyncHistory {
    private final SyncStory story;
    private final Map<EmailId, String> contents = new HashMap<>();
    private final Map<Object, String> owners = new HashMap<>();
    private SyncLedger ledger = new SyncLedger();
    private @Nullable SyncBatch unsettled;
    private boolean disturbed;
    private long redelivered;

    SyncHistory(SyncStory story) {
        this.story = story;
    }

    /** Notes what was read under an id. */
    void read(EmailId id, String content) {
        contents.put(id, content);
    }

    /** From here until {@link #settled}, what was read already may be read again: the run that read it did not end well. */
    void disturbed() {
        disturbed = true;
    }

    void settled() {
        disturbed = false;
    }

    SyncLedger ledger() {
        return ledger;
    }

    /** Returns how many emails were created that were known, each after trouble. */
    long redelivered() {
        return redelivered;
    }

    /** Whether a batch is applied is open until {@link #applied}, or until the store is opened again. */
    void begins(SyncBatch batch) {
        unsettled = batch;
        requireNew(batch);
    }

    void applied(SyncBatch batch) {
        ledger = ledger.after(batch, contents);
        unsettled = null;
        story.tell("applied " + shape(batch));
    }

    /** A store that is opened shows what was applied last: all of it, and nothing older. */
    void opened(SyncStore store, SyncStoreFixture fixture) {
        SyncBatch open = unsettled;
        unsettled = null;
        String difference = ledger.difference(store);
        if (!difference.isEmpty() && open != null) {
            SyncLedger whole = ledger.after(open, contents);
            if (whole.difference(store).isEmpty()) {
                ledger = whole;
                difference = "";
            }
        }
        require(
                difference.isEmpty(),
                "the store that was opened again is neither as before nor as after: " + difference);
        checkOwnIds(store, fixture);
    }

    /** An email has one id of the store's own from first sight to its end, and no other email ever has it. */
    void checkOwnIds(SyncStore store, SyncStoreFixture fixture) {
        for (EmailId id : Set.copyOf(ledger.ids())) {
            Object own = fixture.ownId(store, id);
            if (own == null) {
                throw new SyncViolation("the store gave " + id.value() + " no id of its own", story);
            }
            Object before = ledger.ownId(id);
            require(before == null || before.equals(own), "the store calls " + id.value() + " otherwise than before");
            String owner = ledger.content(id);
            require(before != null || !owners.containsKey(own), "the store used its id for " + id.value() + " before");
            owners.putIfAbsent(own, owner);
            ledger.ownId(id, own);
        }
    }

    private void requireNew(SyncBatch batch) {
        Set<EmailId> inBatch = new HashSet<>();
        for (Email email : batch.created()) {
            require(inBatch.add(email.id()), "one batch creates " + email.id().value() + " twice");
            if (ledger.holds(email.id(), contents.get(email.id()))) {
                require(disturbed, email.id().value() + " was created again, and nothing had gone wrong before");
                redelivered++;
            }
        }
    }

    void require(boolean holds, String what) {
        if (!holds) {
            throw new SyncViolation(what, story);
        }
    }

    private static String shape(SyncBatch batch) {
        return "created "
                + batch.created().stream().map(email -> email.id().value()).toList() + " updated "
                + batch.updated().stream().map(change -> change.id().value()).toList() + " destroyed "
                + batch.destroyed().stream().map(EmailId::value).toList() + " relocated "
                + batch.relocated().stream()
                        .map(change -> change.from().value() + ">" + change.to().value())
                        .toList()
                + " parked "
                + batch.parked().stream().map(email -> email.id().value()).toList() + " saved "
                + batch.mailboxesSaved().size() + " gone "
                + batch.mailboxesGone().size();
    }
}
