package dev.steadymail.cache.redis;

import dev.steadymail.guard.SharedLimits;
import dev.steadymail.testkit.conformance.SharedLimitsConformance;
import dev.steadymail.testkit.conformance.SharedLimitsFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The scripts of limits on a real Redis, with a clock that is moved by hand. */
class RedisLimitsConformanceTest extends SharedLimitsConformance {
    private static LimitsRig rig;

    @BeforeAll
    static void start() {
        rig = new LimitsRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Override
    protected SharedLimitsFixture newFixture() {
        rig.redis().command("FLUSHALL");
        return new Fixture(rig, new ArrayList<>(), new MovedClock());
    }

    @Override
    protected int runs() {
        return Integer.getInteger("steadymail.runs", 20);
    }

    private record Fixture(LimitsRig rig, List<LimitsRig.Member> members, MovedClock clock)
            implements SharedLimitsFixture {
        @Override
        public SharedLimits open() {
            LimitsRig.Member member = rig.join("kit", clock);
            members.add(member);
            return member.limits();
        }

        @Override
        public Instant now() {
            return clock.now();
        }

        @Override
        public void pass(Duration time) {
            clock.pass(time);
        }

        @Override
        public Duration precision() {
            return Duration.ofMillis(1);
        }

        @Override
        public void close() {
            members.forEach(LimitsRig.Member::close);
        }
    }
}
