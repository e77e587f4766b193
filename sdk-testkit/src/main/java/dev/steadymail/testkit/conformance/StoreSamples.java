package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Batches for testing sync stores, fixed ones and random ones. */
final class StoreSamples {
    static final MailboxId INBOX = new MailboxId("inbox");
    static final MailboxId WORK = new MailboxId("w\u00f6rk");

    private static final int IDS = 12;

    private StoreSamples() {}

    static SyncBatch.Builder to(String cursor) {
        return SyncBatch.to(new SyncCursor(cursor));
    }

    static Email email(String id, MailboxId mailbox, Keyword... keywords) {
        return Email.state(id(id), null, Set.of(mailbox), Set.of(keywords), SampleMail.NOON, 1_000);
    }

    static EmailId id(String id) {
        return new EmailId(id);
    }

    static Mailbox inbox() {
        return new Mailbox(INBOX, List.of("INBOX"), Role.INBOX, true);
    }

    static Mailbox work() {
        return new Mailbox(WORK, List.of("Projects", "W\u00f6rk"), null, true);
    }

    /** A batch with two mailboxes and emails {@code a} (in the inbox) and {@code b} (in work, flagged). */
    static SyncBatch first() {
        return to("1").save(inbox())
                .save(work())
                .create(email("a", INBOX))
                .create(email("b", WORK, Keyword.FLAGGED))
                .build();
    }

    /** A batch with one of each kind of change, to follow {@link #first}. */
    static SyncBatch second() {
        return to("2").save(new Mailbox(WORK, List.of("Work"), null, false))
                .relocate(new Change.Relocated(id("a"), id("a2"), Set.of(WORK)))
                .create(email("c", INBOX))
                .update(new Change.Updated(id("a2"), Set.of(WORK), Set.of(Keyword.SEEN)))
                .destroy(id("b"))
                .park(new ParkedEmail(id("d"), "cannot be read", 3, SampleMail.NOON.plusMillis(1)))
                .drop(INBOX)
                .build();
    }

    /** A batch of a few changes to a few ids, known or not. */
    static SyncBatch random(Random random, int number) {
        SyncBatch.Builder batch = to("c" + number);
        for (int i = random.nextInt(6); i >= 0; i--) {
            add(random, number, batch);
        }
        return batch.build();
    }

    private static void add(Random random, int number, SyncBatch.Builder batch) {
        EmailId id = id("e" + random.nextInt(IDS));
        switch (random.nextInt(8)) {
            case 0 -> batch.save(random.nextBoolean() ? inbox() : work());
            case 1 -> batch.drop(random.nextBoolean() ? INBOX : WORK);
            case 2 -> batch.relocate(new Change.Relocated(id, id("r" + number + "-" + id.value()), place(random)));
            case 3 -> batch.update(new Change.Updated(id, place(random), marks(random)));
            case 4 -> batch.destroy(id);
            case 5 -> batch.park(new ParkedEmail(id, "try " + number, number, SampleMail.NOON.plusSeconds(number)));
            default ->
                batch.create(Email.state(
                                id,
                                null,
                                place(random),
                                marks(random),
                                SampleMail.NOON.plusSeconds(number),
                                100 + number)
                        .withFingerprint(fingerprint(random, number)));
        }
    }

    private static @Nullable Fingerprint fingerprint(Random random, int number) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Fingerprint.ofObject("M" + number);
            default -> Fingerprint.ofMessageId("<" + number + "@example.com>");
        };
    }

    private static Set<MailboxId> place(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Set.of(INBOX);
            case 1 -> Set.of(WORK);
            default -> Set.of(INBOX, WORK);
        };
    }

    private static Set<Keyword> marks(Random random) {
        return random.nextBoolean() ? Set.of(Keyword.SEEN) : Set.of(Keyword.FLAGGED, new Keyword("proj\u00e9t"));
    }
}
