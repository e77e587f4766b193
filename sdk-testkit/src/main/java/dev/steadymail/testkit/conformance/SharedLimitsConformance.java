package dev.steadymail.testkit.conformance;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** What every store of shared limits must do. Extend it, return a fixture with an empty store, and inherit the tests. */
public abstract class SharedLimitsConformance {
    private LimitsSession session;

    /** For subclasses. */
    protected SharedLimitsConformance() {}

    /** Returns a fixture with an empty store; it is closed after the test. */
    protected abstract SharedLimitsFixture newFixture();

    /** Returns how many seeds random demand is run with; each takes up to twenty seconds of the fixture's time. */
    protected int runs() {
        return 40;
    }

    @BeforeEach
    final void openSession() {
        session = new LimitsSession(newFixture());
    }

    @AfterEach
    final void closeSession() {
        session.close();
    }

    @Nested
    @DisplayName("quotas")
    final class Quotas extends QuotaConformance {
        @Override
        LimitsSession session() {
            return session;
        }
    }

    @Nested
    @DisplayName("quotas under random demand")
    final class RandomDemand extends RandomDemandConformance {
        @Override
        LimitsSession session() {
            return session;
        }

        @Override
        int runs() {
            return SharedLimitsConformance.this.runs();
        }

        @Override
        LimitsSession restart() {
            closeSession();
            openSession();
            return session;
        }
    }

    @Nested
    @DisplayName("circuits")
    final class Circuits extends CircuitConformance {
        @Override
        LimitsSession session() {
            return session;
        }
    }

    @Nested
    @DisplayName("processes and keys")
    final class Sharing extends SharingConformance {
        @Override
        LimitsSession session() {
            return session;
        }
    }
}
