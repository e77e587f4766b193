package dev.steadymail.testkit.conformance;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInfo;

/**
 * What every provider must do. Extend it, return a fixture with a fresh account, and inherit the tests:
 *
 * <pre>{@code
 * class MyProviderConformanceTest extends MailProviderConformance {
 *     @Override
 *     protected MailFixture newFixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>Tests of a capability that the fixture does not declare are reported as skipped with the capability's name, tests that a gap
 * of the test server makes impossible with the gap's reason.
 */
public abstract class MailProviderConformance {
    private Session session;

    /** For subclasses. */
    protected MailProviderConformance() {}

    /** Returns a fixture with a fresh account without emails; it is closed after the test. */
    protected abstract MailFixture newFixture();

    @BeforeEach
    final void openSession(TestInfo test) {
        session = new Session(newFixture());
        KnownGaps.skip(test.getTestMethod().orElseThrow(), session.fixture().gaps());
    }

    @AfterEach
    final void closeSession() {
        // A fixture that skips its tests, for want of a server, leaves no session.
        if (session != null) {
            session.close();
        }
    }

    @Nested
    @DisplayName("mailboxes and capabilities")
    final class Mailboxes extends MailboxConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("queries")
    final class Queries extends QueryConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("headers and structure")
    final class Content extends ContentConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("raw messages and attachments")
    final class Raw extends RawConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("ranges of parts, and fetching content")
    final class Ranges extends RangeConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("keywords, moves and removal")
    final class State extends StateConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("creating, renaming and removing mailboxes")
    final class MailboxEditing extends MailboxEditingConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("imports and trash")
    final class Imports extends ImportConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("drafts and sending")
    final class Drafts extends DraftConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("outboxes")
    final class Sending extends SendConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("identities and vacation")
    final class Settings extends SettingsConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("changes")
    final class Changes extends ChangeConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("failures")
    final class Failures extends FailureConformance {
        @Override
        Session session() {
            return session;
        }
    }

    @Nested
    @DisplayName("cancelling and closing")
    final class Lifecycle extends LifecycleConformance {
        @Override
        Session session() {
            return session;
        }
    }
}
