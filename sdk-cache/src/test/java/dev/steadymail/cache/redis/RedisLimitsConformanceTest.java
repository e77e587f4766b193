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

/** Time cannot be moved by hand here, so that few seeds are run. */
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
        return new Fixture(rig, new ArrayList<>());
    }

    @Override
    protected int runs() {
        return Integer.getInteger("steadymail.runs", 1);
    }

    private record Fixture(LimitsRig rig, List<LimitsRig.Member> members) implements SharedLimitsFixture {
        @Override
        public SharedLimits open() {
            LimitsRig.Member member = rig.join("kit");
            members.add(member);
            return member.limits();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void pass(Duration time) {
            LimitsRig.pass(time);
        }

        @Override
        public Duration precision() {
            return Duration.ofMillis(50);
        }

        @Override
        public void close() {
            members.forEach(LimitsRig.Member::close);
        }
    }
}
