package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;

/** The guards of one process whose accounts share a Google Cloud project, its quota and Gmail's host. */
final class GmailProject {
    private static final GuardProfile PROFILE = new GuardProfile(GuardSettings.GMAIL, "project", "gmail.example.com");

    private final SimulatedProvider provider;
    private final Guards guards;

    GmailProject(SimulatedProvider provider) {
        this.provider = provider;
        this.guards = new Guards(provider.simulation.time(), null, null);
    }

    /** Opens an account on a mailbox of its own; what its callers meet goes to a tally. */
    Caller open(String name, Tally tally) {
        return open(name, provider.mailbox(name), tally);
    }

    Caller open(String name, SimulatedMailbox mailbox, Tally tally) {
        Traffic traffic = new Traffic(provider.simulation.time().nanos());
        Guard guard = guards.open(new AccountId(name), PROFILE, traffic);
        return new Caller(guard, mailbox, tally);
    }
}
