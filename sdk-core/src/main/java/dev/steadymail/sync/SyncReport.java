package dev.steadymail.sync;

import dev.steadymail.provider.ChangePage.Mode;

/**
 * What a run of a sync did so far.
 *
 * @param mode how changes were found; the most thorough mode wins
 * @param created emails added
 * @param updated emails whose mailboxes, keywords or id changed
 * @param destroyed emails dropped
 * @param recovered how many of those changes were found by comparing
 * @param parked emails that wait to be read
 * @param mailboxes mailboxes known
 * @param looked emails looked at of {@code expected}
 * @param expected emails this run expects to look at; -1 where it cannot be told
 */
public record SyncReport(
        Mode mode,
        long created,
        long updated,
        long destroyed,
        long recovered,
        long parked,
        long mailboxes,
        long looked,
        long expected) {
    /** A run that has done nothing yet. */
    public static final SyncReport NOTHING = new SyncReport(Mode.INCREMENTAL, 0, 0, 0, 0, 0, 0, 0, -1);
}
