package dev.steadymail.testkit.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.MessageHeader;
import dev.steadymail.provider.Submission;
import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxState;
import dev.steadymail.testkit.send.CrashingStore.Crash;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many outboxes, each in a world where everything goes wrong: the provider refuses, throttles, takes a message and says nothing, or says
 * it is busy and has taken it; processes die around every write and every octet that matters; disks are full, clocks step, two processes
 * use one store. No message may ever be accepted twice, and what an outbox says of a message must be true.
 * {@code -Dsteadymail.runs} plays more worlds, {@code -Dsteadymail.seed} one.
 */
@Timeout(7_200)
class OutboxSimulationTest {
    private static final int WORLDS = 500;
    private static final int MESSAGES = 4;

    @Test
    void message_isNeverAcceptedTwice_andItsStateIsTrue() {
        Map<String, Long> ended = new TreeMap<>();
        Map<String, Long> faults = new TreeMap<>();
        Simulation.explore(WORLDS, simulation -> {
            World world = new World(simulation);
            world.play();
            world.check(ended);
            simulation.faults().forEach((point, count) -> faults.merge(point, count, Long::sum));
        });
        System.out.println("messages that ended as: " + ended);
        System.out.println("faults that happened: " + faults);
        if (Long.getLong("steadymail.seed") == null) {
            assertTrue(
                    ended.getOrDefault("SENT", 0L) > 0 && ended.getOrDefault("SENT_BEFORE", 0L) > 0, ended::toString);
            assertTrue(faults.values().stream().allMatch(count -> count > 0), faults::toString);
        }
    }

    private static final class World {
        private final Simulation simulation;
        private final RandomGenerator choices;
        private final ModelMail mail;
        private final MemoryOutboxStore disk = new MemoryOutboxStore();
        private final CrashingStore store;
        private final Map<String, Instant> acceptedAt = new TreeMap<>();
        private final Map<String, Instant> visibleAt = new TreeMap<>();
        private final Set<String> renamed = new HashSet<>();
        private final boolean keepsSent;
        private double often;
        private @Nullable Outbox outbox;
        private @Nullable Outbox second;

        World(Simulation simulation) {
            this.simulation = simulation;
            this.choices = simulation.choices("world");
            this.mail = new ModelMail(simulation::now);
            this.store = new CrashingStore(disk, simulation);
            this.keepsSent = choices.nextInt(3) > 0;
            mail.always(this::send);
        }

        void play() {
            faults(0.15);
            for (int i = 0; i < MESSAGES; i++) {
                enqueue("k" + i);
                maybeCancel();
                go(Duration.ofSeconds(choices.nextInt(90)));
            }
            for (int i = 0; i < 40; i++) {
                maybeCancel();
                go(Duration.ofMinutes(choices.nextInt(30)));
            }
            faults(0);
            go(Duration.ofDays(4));
        }

        private void faults(double probability) {
            often = probability;
            store.faults(probability / 4);
        }

        /** As whoever sends does: with the same key until it is told that the message is there. */
        private void enqueue(String key) {
            OutgoingEmail email = email(key);
            for (int tries = 0; tries < 100; tries++) {
                try {
                    open();
                    var unused = outbox.enqueue(tries == 0 ? email : email(key), key, simulation.now());
                    return;
                } catch (Crash crash) {
                    die();
                } catch (MailException full) {
                    assertEquals(Kind.STORAGE, full.kind());
                }
                go(Duration.ofSeconds(1));
            }
            throw new AssertionError("a message never came into the outbox");
        }

        private static OutgoingEmail email(String key) {
            return OutgoingEmail.from(new EmailAddress(null, "ada@example.com"))
                    .to(new EmailAddress(null, key + "@example.com"))
                    .subject("About " + key)
                    .text("Hello");
        }

        private void open() {
            if (outbox == null) {
                outbox = newOutbox();
            }
            if (second == null && often > 0 && simulation.happens("second.process", 0.1)) {
                second = newOutbox();
            }
        }

        private Outbox newOutbox() {
            return new Outbox(
                    mail.provider(),
                    simulation.time(),
                    Runnable::run,
                    Duration.ofSeconds(10),
                    store,
                    OutboxOptions.DEFAULT);
        }

        /** The process is gone, and all its timers. */
        private void die() {
            if (outbox != null) {
                outbox.close();
                outbox = null;
            }
            if (second != null) {
                second.close();
                second = null;
            }
        }

        private void go(Duration step) {
            Duration end = simulation.elapsed().plus(step);
            for (int crashes = 0; crashes < 1_000; crashes++) {
                try {
                    open();
                    simulation.run(end.minus(simulation.elapsed()));
                    return;
                } catch (Crash crash) {
                    die();
                }
            }
            throw new AssertionError("it does nothing but crash");
        }

        private void maybeCancel() {
            if (outbox != null && simulation.happens("cancel", often)) {
                try {
                    boolean unused = outbox.cancel("k" + choices.nextInt(MESSAGES));
                } catch (Crash crash) {
                    die();
                } catch (MailException full) {
                    assertTrue(full.kind() == Kind.STORAGE || full.kind() == Kind.NOT_FOUND, full::toString);
                }
            }
            if (simulation.happens("clock.step", often / 10)) {
                simulation.stepClock(Duration.ofMinutes(choices.nextInt(-90, 90)));
            }
        }

        private SendResult send(Submission submission) {
            crash("before.leaving");
            if (simulation.happens("refused.before", often / 4)) {
                throw MailException.of(Kind.INVALID, "no");
            }
            if (simulation.happens("busy.before", often)) {
                throw failure(Kind.UNAVAILABLE, false).toBuilder()
                        .retryAt(choices.nextBoolean() ? simulation.now().plusSeconds(choices.nextInt(900)) : null)
                        .build();
            }
            if (simulation.happens("login", often / 2)) {
                throw failure(Kind.REAUTH_REQUIRED, false);
            }
            submission.leaving();
            crash("after.leaving");
            if (simulation.happens("busy.after", often)) {
                throw failure(Kind.UNAVAILABLE, false);
            }
            if (simulation.happens("lost.before.acceptance", often)) {
                return new SendResult.Unknown(failure(Kind.NETWORK, true));
            }
            boolean renames = simulation.happens("renamed", 0.2);
            Instant visible = keepsSent ? simulation.now().plusSeconds(choices.nextInt(100)) : Instant.MAX;
            var id = mail.accept(submission, visible, renames);
            String key = submissionKey(submission);
            acceptedAt.put(key, simulation.now());
            visibleAt.put(key, visible);
            if (renames) {
                renamed.add(key);
            }
            crash("after.acceptance");
            if (simulation.happens("lost.after.acceptance", often)) {
                return new SendResult.Unknown(failure(Kind.TIMEOUT, true));
            }
            if (simulation.happens("503.after.acceptance", often)) {
                return new SendResult.Unknown(failure(Kind.UNAVAILABLE, true));
            }
            return new SendResult.Sent(id, null);
        }

        private String submissionKey(Submission submission) {
            return MessageHeader.of(submission.content())
                    .first("Subject")
                    .orElseThrow()
                    .replace("About ", "");
        }

        private void crash(String where) {
            if (simulation.happens("crash." + where, often / 4)) {
                throw new Crash();
            }
        }

        private static MailException failure(Kind kind, boolean mayHaveTakenEffect) {
            return MailException.builder(kind, "it went wrong")
                    .mayHaveTakenEffect(mayHaveTakenEffect)
                    .build();
        }

        /** What was there when it was looked for last would have been found. */
        private void checkUnseen(OutboxEntry entry, int copies) {
            assertEquals(OutboxState.UNKNOWN, entry.state());
            Instant visible = visibleAt.get(entry.key());
            if (copies == 1 && !renamed.contains(entry.key())) {
                assertTrue(visible.isAfter(mail.lastLook(entry.message().messageId())), entry::toString);
            }
        }

        void check(Map<String, Long> ended) {
            for (int i = 0; i < MESSAGES; i++) {
                OutboxEntry entry = disk.find("k" + i).orElseThrow(() -> new AssertionError("a message is lost"));
                int copies = mail.accepted(entry.message().messageId());
                assertTrue(entry.isSettled(), () -> "left over: " + entry);
                assertTrue(copies <= 1, () -> copies + " copies: " + entry);
                switch (entry.state()) {
                    case SENT, SENT_BEFORE -> assertEquals(1, copies, entry::toString);
                    case REFUSED, CANCELLED -> assertEquals(0, copies, entry::toString);
                    default -> checkUnseen(entry, copies);
                }
                assertEquals(copies == 1, acceptedAt.containsKey("k" + i));
                String end = entry.state() == OutboxState.UNKNOWN
                        ? "UNKNOWN, " + (copies == 1 ? "was sent" : "was not sent")
                                + (keepsSent ? "" : ", sent mail is not kept")
                        : entry.state().name();
                ended.merge(end, 1L, Long::sum);
            }
        }
    }
}
