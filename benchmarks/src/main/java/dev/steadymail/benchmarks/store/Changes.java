package dev.steadymail.benchmarks.store;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.SyncBatch;
import java.util.Set;

/**
 * What happened between two runs of a mirror: 40 emails flagged, 20 moved to the trash, 10 gone, all over the account, and 30 new ones. No
 * two runs change the same email.
 */
final class Changes {
    private static final int FLAGGED = 40;
    private static final int MOVED = 20;
    private static final int GONE = 10;
    private static final int CREATED = 30;

    private final int emails;
    private final int run;

    /** @param run how many such batches there were before; fewer than a hundredth of the emails */
    Changes(int emails, int run) {
        if (run < 0 || run >= apart(emails)) {
            throw new IllegalArgumentException(emails + " emails are too few for run " + run);
        }
        this.emails = emails;
        this.run = run;
    }

    SyncBatch batch() {
        SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("later run " + run));
        for (int i = 0; i < FLAGGED + MOVED + GONE; i++) {
            int number = i * apart(emails) + run;
            if (i < FLAGGED) {
                flag(batch, number);
            } else if (i < FLAGGED + MOVED) {
                move(batch, number);
            } else {
                batch.destroy(GeneratedMail.id(number));
            }
        }
        for (int i = 0; i < CREATED; i++) {
            batch.create(GeneratedMail.email(emails + run * CREATED + i));
        }
        return batch.build();
    }

    /** Returns how many emails there are when this batch and those before it were applied. */
    int emailsAfter() {
        return emails + (run + 1) * (CREATED - GONE);
    }

    private static void flag(SyncBatch.Builder batch, int number) {
        batch.update(new Updated(
                GeneratedMail.id(number), Set.of(GeneratedMail.home(number)), Set.of(Keyword.SEEN, Keyword.FLAGGED)));
    }

    private static void move(SyncBatch.Builder batch, int number) {
        EmailId there = GeneratedMail.id(number, GeneratedMail.TRASH);
        batch.relocate(new Relocated(GeneratedMail.id(number), there, Set.of(GeneratedMail.TRASH)));
    }

    private static int apart(int emails) {
        return emails / (FLAGGED + MOVED + GONE + CREATED);
    }
}
