package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Everything that a sync store shows, at one moment, good for comparing. */
record StoreView(
        Optional<SyncCursor> cursor,
        Set<KnownEmail> emails,
        Set<Mailbox> mailboxes,
        Set<ParkedEmail> parked,
        Map<EmailId, Object> ownIds) {
    static StoreView of(SyncStore store, SyncStoreFixture fixture) {
        Map<EmailId, Object> ownIds = new HashMap<>();
        store.known()
                .all()
                .forEach(email -> ownIds.put(email.id(), Objects.requireNonNull(fixture.ownId(store, email.id()))));
        return new StoreView(
                store.cursor(),
                Set.copyOf(store.known().all()),
                Set.copyOf(store.known().mailboxes()),
                Set.copyOf(store.parked()),
                ownIds);
    }

    /** Returns this without the ids that are the store's own choice. */
    StoreView withoutOwnIds() {
        return new StoreView(cursor, emails, mailboxes, parked, Map.of());
    }
}
