package dev.steadymail.gmail;

import dev.steadymail.testkit.conformance.MailFixture.Gap;
import java.util.List;

/** How the emulator's account is put back to its empty seed, and what cannot be tested that way. Fails unchecked only. */
interface EmulatorState {
    /** Drops everything that is in the account. */
    void reset();

    /** Makes the server forget its history up to now; answers false where it cannot. */
    boolean expireHistory();

    /** Returns what the server gets wrong in this form of it, besides what the emulator does in every form. */
    List<Gap> gaps();
}
