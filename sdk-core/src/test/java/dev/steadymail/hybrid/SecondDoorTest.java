package dev.steadymail.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.Telemetry;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Traffic;
import dev.steadymail.hybrid.HybridReading.State;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.SharedResources;
import dev.steadymail.time.Scheduler.Timer;
import dev.steadymail.time.TimeSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SecondDoorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;
    private boolean timersRun = true;
    /** A timer has come as soon as it is set. */
    private final TimeSource time =
            new TimeSource(() -> START.plusNanos(nanos), () -> nanos, this::schedule, RandomGenerator.getDefault());

    private final Traffic traffic = new Traffic(time.nanos());
    private final Traffic part = traffic.part();
    private final ByteMeter meter = new ByteMeter(time);
    private final SecondDoor door = new SecondDoor(provider(), context(), meter);

    SecondDoorTest() {
        meter.limit(100_000_000);
    }

    private Timer schedule(Runnable task, Duration delay) {
        if (timersRun) {
            nanos += delay.toNanos();
            task.run();
        }
        return () -> {};
    }

    private ProviderContext context() {
        Guards guards = new Guards(time, null, null);
        GuardProfile profile = GuardProfile.alone(GuardSettings.IMAP);
        return new ProviderContext(
                guards.open(new AccountId("a"), profile, part),
                time,
                Runnable::run,
                part,
                HostResolver.SYSTEM,
                new SharedResources(),
                Telemetry.none(new AccountId("a"), time),
                other -> {
                    throw new AssertionError("there is no third door");
                });
    }

    /** Has a reader, and nothing else. */
    private static MailProvider provider() {
        return (MailProvider) Proxy.newProxyInstance(
                MailProvider.class.getClassLoader(),
                new Class<?>[] {MailProvider.class},
                (proxy, method, args) -> method.getName().equals("unwrap") ? Optional.of(new NoReader()) : null);
    }

    private static final class NoReader implements BulkReader {
        @Override
        public void read(List<EmailId> ids, RawVisitor visitor, Call call) {
            throw new AssertionError("nothing was to be read");
        }

        @Override
        public void forget() {}
    }

    private HybridReading facts() {
        return door.facts(0, 0);
    }

    @Test
    void octets_areCountedOnce_hereAndInTheWhole() {
        traffic.countBytes(5);
        part.countBytes(1_000);
        door.count();
        door.count();
        part.countBytes(10);
        door.count();
        assertEquals(1_010, meter.used());
        assertEquals(1_015, traffic.bytes());
    }

    @Test
    void slowed_waitsOnlyWhereTheDeadlineAllows() {
        part.countBytes(65_000_000);
        door.count();
        assertEquals(State.PACED, facts().state());
        Duration pause = meter.pause();
        assertEquals(15, pause.toMinutes(), "5 MB at 20 MB an hour");
        assertFalse(door.pause(time.deadline(pause)));
        assertEquals(0, nanos, "a wait that cannot end in time does not begin");
        assertTrue(door.pause(time.deadline(pause.plusSeconds(1))));
        assertEquals(pause.toNanos(), nanos);
        assertTrue(door.pause(time.deadline(Duration.ZERO)));
    }

    @Test
    void closed_endsTheWait() {
        part.countBytes(65_000_000);
        door.count();
        timersRun = false;
        door.close();
        MailException failure = assertThrows(MailException.class, () -> door.pause(time.deadline(Duration.ofDays(1))));
        assertEquals(Kind.CANCELLED, failure.kind());
    }

    @Test
    void interrupted_endsTheWait() {
        part.countBytes(65_000_000);
        door.count();
        timersRun = false;
        Thread.currentThread().interrupt();
        MailException failure = assertThrows(MailException.class, () -> door.pause(time.deadline(Duration.ofDays(1))));
        assertEquals(Kind.CANCELLED, failure.kind());
        assertTrue(Thread.interrupted());
    }

    @Test
    void failures_restLongerEachTime_andNoShorterThanWasAskedFor() {
        door.failed(MailException.of(Kind.NETWORK, "cut"));
        assertEquals(START.plusSeconds(60), facts().until());
        assertFalse(door.isOpen());
        nanos += Duration.ofSeconds(60).toNanos();
        assertTrue(door.isOpen());
        door.failed(MailException.of(Kind.NETWORK, "cut"));
        assertEquals(START.plusSeconds(180), facts().until());
        door.failed(MailException.builder(Kind.THROTTLED, "later")
                .retryAt(START.plusSeconds(7_200))
                .build());
        assertEquals(START.plusSeconds(7_200), facts().until());
        assertEquals("the last reading failed with THROTTLED", facts().reason());
        door.worked();
        assertTrue(door.isOpen());
        door.failed(MailException.of(Kind.AUTH, "refused"));
        assertEquals(START.plusSeconds(60 + 3_600), facts().until());
    }

    @Test
    void turnedOff_staysOff() {
        door.turnOff("other octets");
        nanos += Duration.ofDays(3).toNanos();
        assertFalse(door.isOpen());
        assertEquals(State.OFF, facts().state());
        assertEquals("other octets", facts().reason());
    }
}
