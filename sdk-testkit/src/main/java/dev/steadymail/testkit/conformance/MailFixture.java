package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One provider and one fresh account without emails, for one test. Used by one thread at a time. */
public interface MailFixture extends AutoCloseable {
    /** Returns what the provider promises here; the tests of everything else are skipped under its name. */
    Set<Capability> declares();

    /** Returns the account under test; it may be opened several times. */
    MailAccount account();

    /** Returns the way around the code under test. */
    Backdoor backdoor();

    /** Returns the same account with credentials that the server refuses. */
    MailAccount wrongCredentials();

    /** Returns an account on a port where nothing listens. */
    MailAccount unreachable();

    /** Returns roles that the account has a mailbox for; only the inbox by default. */
    default Set<Role> roles() {
        return Set.of(Role.INBOX);
    }

    /** Returns a well-formed id of a mailbox that is not there. */
    default MailboxId unknownMailbox() {
        return new MailboxId("no-such-mailbox");
    }

    /** Makes every change cursor handed out so far useless; answers false where that cannot be arranged. */
    default boolean expireCursors() {
        return false;
    }

    /** Makes the server take requests and never answer; empty where that cannot be arranged. */
    default Optional<Stall> stall() {
        return Optional.empty();
    }

    /** Returns what the server behind the account gets wrong; the tests named there are skipped with that reason. */
    default List<Gap> gaps() {
        return List.of();
    }

    /** Ends the server; fails unchecked only. */
    @Override
    void close();

    /**
     * Something that a test server does otherwise than the real one, through no fault of the provider.
     *
     * @param reason what it does, shown with each skipped test
     * @param tests names of the kit's test methods that need it done right; a name that the kit does not have is an error
     */
    record Gap(String reason, Set<String> tests) {
        public Gap {
            tests = Set.copyOf(tests);
        }
    }

    /** A server that takes requests and does not answer, until closed. */
    interface Stall extends AutoCloseable {
        /** Waits until a request is held back; answers false where none came in time. */
        boolean awaitRequest(Duration limit);

        /** Lets the server answer again; fails unchecked only. */
        @Override
        void close();
    }
}
