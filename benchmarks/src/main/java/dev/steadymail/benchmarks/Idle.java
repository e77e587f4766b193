package dev.steadymail.benchmarks;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import java.util.List;

/**
 * A kind of account whose size is measured.
 *
 * @param title for people
 * @param profile how it is guarded
 * @param failedOnce whether its first call failed
 */
record Idle(String title, GuardProfile profile, boolean failedOnce) {
    static final Idle IMAP = new Idle("IMAP", new GuardProfile(GuardSettings.IMAP, null, "imap.example.com"), false);
    static final Idle GMAIL = new Idle("Gmail", new GuardProfile(GuardSettings.GMAIL, "project", null), false);
    static final Idle GMAIL_FAILED =
            new Idle("Gmail, one call has failed before", new GuardProfile(once(), "project", null), true);

    static final List<Idle> ALL = List.of(IMAP, GMAIL, GMAIL_FAILED);

    Footprint measure() {
        return Footprint.of(profile, failedOnce);
    }

    /** Its planted failure is not repeated. */
    private static GuardSettings once() {
        return GuardSettings.GMAIL.toBuilder().retryPolicy(Limits.ONE_ATTEMPT).build();
    }
}
