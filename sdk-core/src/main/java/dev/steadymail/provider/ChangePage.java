package dev.steadymail.provider;

import dev.steadymail.mail.MailboxId;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One page of changes and the cursor that is true once they are applied.
 *
 * @param changes in the order to apply them
 * @param next replaces the cursor asked with
 * @param last whether the caller is up to date once this page is applied
 * @param mode how the provider found the changes
 * @param expected emails in all that this run expects to look at, where it can be told
 * @param gaps why what is in this page had to be found by comparing; empty unless the mode is RECOVERED
 */
public record ChangePage(
        List<Change> changes, SyncCursor next, boolean last, Mode mode, OptionalLong expected, Set<Gap> gaps) {
    public ChangePage {
        changes = List.copyOf(changes);
        gaps = Set.copyOf(gaps);
    }

    /** A page without a gap. */
    public ChangePage(List<Change> changes, SyncCursor next, boolean last, Mode mode, OptionalLong expected) {
        this(changes, next, last, mode, expected, Set.of());
    }

    /**
     * A stretch of changes that the provider cannot tell any more.
     *
     * @param cause why
     * @param mailbox where; null for the whole account
     */
    public record Gap(Cause cause, @Nullable MailboxId mailbox) {}

    /** Why changes cannot be told. */
    public enum Cause {
        /** The provider keeps its history for a time only (Gmail: about a week). */
        HISTORY_EXPIRED,
        /** The mailbox was numbered anew: its UIDVALIDITY changed (RFC 3501 section 2.3.1.1). */
        UIDS_VOID,
        /** Counters that only rise have fallen, as after a backup was restored. */
        COUNTERS_BACK
    }

    /** How changes were found. */
    public enum Mode {
        /** Everything was listed, since nothing was known. */
        FULL,
        /** Only what is new since the cursor was asked for. */
        INCREMENTAL,
        /** The cursor was no longer good, and the difference was found by comparing. */
        RECOVERED
    }
}
