package dev.steadymail.testkit.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.Submission;
import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxState;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.send.SendCaps;
import dev.steadymail.testkit.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final MailException cut =
            MailException.builder(Kind.NETWORK, "cut").mayHaveTakenEffect(true).build();
    private final MailException busy = MailException.builder(Kind.UNAVAILABLE, "busy")
            .mayHaveTakenEffect(false)
            .build();

    private final Simulation simulation = Simulation.withSeed(1);
    private final ModelMail mail = new ModelMail(simulation::now);
    private final MemoryOutboxStore store = new MemoryOutboxStore();
    private final List<OutboxState> heard = new ArrayList<>();
    private Outbox outbox = open(OutboxOptions.DEFAULT);

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void email_leavesOnce_andItsKeyIsAnsweredFromThenOn() {
        OutboxEntry sent = outbox.send(email(), "k");
        assertEquals(OutboxState.SENT, sent.state());
        assertNotNull(sent.emailId());
        assertEquals(sent, outbox.send(email(), "k"));
        assertEquals(1, mail.sends());
        assertEquals(List.of(OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENDING, OutboxState.SENT), heard);
    }

    @Test
    void keyOfAnotherEmail_isConflict() {
        outbox.send(email(), "k");
        assertKind(Kind.CONFLICT, () -> outbox.send(email().subject("another"), "k"));
        assertKind(Kind.INVALID, () -> outbox.send(email(), ""));
        assertEquals(1, mail.sends());
    }

    @Test
    void failureThatSurelySentNothing_isTriedAgainLater() {
        mail.next(submission -> {
            throw busy;
        });
        outbox.enqueue(email(), "k", simulation.now());
        OutboxEntry queued = outbox.find("k").orElseThrow();
        assertEquals(OutboxState.QUEUED, queued.state());
        assertEquals(Kind.UNAVAILABLE, queued.failure().kind());
        simulation.run(Duration.ofMinutes(1));
        assertEquals(OutboxState.SENT, state());
        assertEquals(2, mail.sends());
    }

    @Test
    void statedTime_isKept() {
        Instant stated = simulation.now().plus(Duration.ofHours(2));
        mail.next(submission -> {
            throw busy.toBuilder().retryAt(stated).build();
        });
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofMinutes(119));
        assertEquals(1, mail.sends());
        simulation.run(Duration.ofMinutes(1));
        assertEquals(OutboxState.SENT, state());
    }

    @Test
    void failureOfTheMessage_isRefused() {
        mail.next(submission -> {
            throw MailException.of(Kind.INVALID, "no such recipient");
        });
        assertEquals(OutboxState.REFUSED, outbox.send(email(), "k").state());
        simulation.run(Duration.ofDays(2));
        assertEquals(1, mail.sends());
    }

    @Test
    void failureThatDoesNotPass_isGivenUpAfterADay() {
        mail.always(submission -> {
            throw busy;
        });
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofHours(23));
        assertEquals(OutboxState.QUEUED, state());
        simulation.run(Duration.ofHours(2));
        assertEquals(OutboxState.REFUSED, state());
        assertTrue(mail.sends() < 60, mail.sends() + " attempts in a day");
    }

    @Test
    void lostAnswer_isLookedForAndFound() {
        mail.next(lost(Duration.ofSeconds(5), false));
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofSeconds(3));
        assertEquals(OutboxState.UNKNOWN, state());
        assertEquals(2, mail.looks(), "by its id and by what else is its own");
        simulation.run(Duration.ofSeconds(8));
        assertEquals(OutboxState.SENT_BEFORE, state());
        assertEquals(1, mail.sends());
    }

    @Test
    void lostAnswerOfARenamedMessage_isFoundByWhatElseIsItsOwn() {
        mail.next(lost(Duration.ZERO, true));
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofSeconds(3));
        assertEquals(OutboxState.SENT_BEFORE, state());
    }

    @Test
    void anotherMessageOfTheSameSubject_isNotTakenForIt() {
        outbox.enqueue(email(), "first", simulation.now());
        simulation.run(Duration.ofSeconds(30));
        mail.next(submission -> {
            submission.leaving();
            return new SendResult.Unknown(cut);
        });
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofMinutes(2));
        assertEquals(OutboxState.UNKNOWN, state());
        assertTrue(outbox.find("k").orElseThrow().isSettled());
    }

    @Test
    void messageThatIsNotFound_staysUnknownAndIsNotSentAgain() {
        mail.next(lost(null, false));
        CompletableFuture<OutboxEntry> end = outbox.sendAsync(email(), "k");
        assertFalse(end.isDone());
        simulation.run(Duration.ofDays(3));
        assertEquals(OutboxState.UNKNOWN, end.join().state());
        assertEquals(3, end.join().looks());
        assertEquals(1, mail.sends());
    }

    @Test
    void unknownMessage_isSentAgainWhereSomebodyDecidesSo() {
        mail.next(lost(null, false));
        outbox.enqueue(email(), "k", simulation.now());
        assertKind(Kind.CONFLICT, () -> outbox.sendAgain("k"));
        simulation.run(Duration.ofMinutes(5));
        outbox.sendAgain("k");
        assertEquals(OutboxState.SENT, state());
        assertEquals(2, mail.sends());
        assertKind(Kind.CONFLICT, () -> outbox.sendAgain("k"));
    }

    @Test
    void atLeastOnce_sendsAgainAfterTheLastLook() {
        outbox.close();
        outbox = open(OutboxOptions.DEFAULT.repeatingUnseen());
        mail.next(lost(null, false));
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofSeconds(59));
        assertEquals(1, mail.sends());
        simulation.run(Duration.ofSeconds(2));
        assertEquals(OutboxState.SENT, state());
        assertEquals(2, mail.sends());
    }

    /** An answer that fails to come does so after minutes: looks begin then, and not all at once. */
    @Test
    void looks_areCountedFromWhenTheAnswerFailedToCome() {
        mail.next(submission -> {
            submission.leaving();
            simulation.stepClock(Duration.ofMinutes(5));
            mail.accept(submission, simulation.now().plusSeconds(30), false);
            return new SendResult.Unknown(cut);
        });
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofSeconds(20));
        assertEquals(2, outbox.find("k").orElseThrow().looks());
        simulation.run(Duration.ofSeconds(50));
        assertEquals(OutboxState.SENT_BEFORE, state());
    }

    @Test
    void lookThatFails_isNoLook() {
        mail.next(lost(Duration.ZERO, false));
        mail.failLook(busy);
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofSeconds(3));
        assertEquals(0, outbox.find("k").orElseThrow().looks());
        simulation.run(Duration.ofMinutes(1));
        assertEquals(OutboxState.SENT_BEFORE, state());
    }

    @Test
    void scheduledMessage_leavesAtItsTimeAndCanBeTakenBack() {
        Instant at = simulation.now().plus(Duration.ofHours(3));
        outbox.enqueue(email(), "a", at);
        outbox.enqueue(email(), "b", at);
        simulation.run(Duration.ofMinutes(179));
        assertEquals(0, mail.sends());
        assertTrue(outbox.cancel("a"));
        assertTrue(outbox.cancel("a"), "it is so already");
        simulation.run(Duration.ofMinutes(2));
        assertEquals(1, mail.sends());
        assertFalse(outbox.cancel("b"));
        assertKind(Kind.NOT_FOUND, () -> outbox.cancel("c"));
    }

    @Test
    void messageThatIsTakenBackWhileItIsSent_doesNotLeave() {
        mail.next(submission -> {
            assertTrue(outbox.cancel("k"));
            return mail.take(submission, Instant.MIN, false);
        });
        OutboxEntry entry = outbox.send(email(), "k");
        assertEquals(OutboxState.CANCELLED, entry.state());
        assertEquals(0, mail.accepted(entry.message().messageId()));
        simulation.run(Duration.ofDays(2));
        assertEquals(1, mail.sends());
    }

    @Test
    void messageThatHasLeft_cannotBeTakenBack() {
        mail.next(submission -> {
            submission.leaving();
            assertFalse(outbox.cancel("k"));
            return mail.take(submission, Instant.MIN, false);
        });
        assertEquals(OutboxState.SENT, outbox.send(email(), "k").state());
    }

    @Test
    void caps_letMessagesWait() {
        outbox.close();
        outbox = open(OutboxOptions.DEFAULT.withCaps(new SendCaps(3, 5, Duration.ofSeconds(10))));
        for (int i = 0; i < 7; i++) {
            outbox.enqueue(email(), "k" + i, simulation.now());
        }
        List<Integer> sent = new ArrayList<>();
        for (Duration step : List.of(
                Duration.ZERO,
                Duration.ofSeconds(9),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(59),
                Duration.ofMinutes(2),
                Duration.ofHours(22),
                Duration.ofHours(2))) {
            simulation.run(step);
            sent.add(mail.sends());
        }
        assertEquals(List.of(1, 1, 2, 3, 3, 5, 5, 7), sent);
    }

    @Test
    void refusedRecipients_areToldAndNotTriedAgain() {
        mail.next(submission -> {
            submission.leaving();
            return new SendResult.Sent(
                    null, null, List.of(new RefusedRecipient("b@example.com", MailException.of(Kind.INVALID, "none"))));
        });
        OutboxEntry entry = outbox.send(email(), "k");
        assertEquals(OutboxState.SENT, entry.state());
        assertEquals("b@example.com", entry.refusals().get(0).address());
        assertFalse(entry.toString().contains("example"), entry::toString);
        assertNull(entry.dueAt());
    }

    @Test
    void messageWithoutMessageId_isRefused() {
        RawContent message = RawContent.of("To: a@example.com\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII));
        assertKind(Kind.INVALID, () -> outbox.send(message, "k"));
        RawContent good = RawContent.of(
                "To: a@example.com\r\nMessage-ID: <1@example.com>\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(OutboxState.SENT, outbox.send(good, "k").state());
        assertEquals(1, mail.accepted("1@example.com"));
    }

    @Test
    void fullOutbox_takesNoMore() {
        outbox.close();
        outbox = open(OutboxOptions.DEFAULT.withMostWaiting(1));
        Instant later = simulation.now().plus(Duration.ofHours(1));
        outbox.enqueue(email(), "a", later);
        assertKind(Kind.QUEUE_FULL, () -> outbox.enqueue(email(), "b", later));
        outbox.cancel("a");
        outbox.enqueue(email(), "b", later);
    }

    @Test
    void settledEntries_areForgottenAfterAMonth() {
        outbox.send(email(), "a");
        simulation.run(Duration.ofDays(31));
        outbox.send(email(), "b");
        assertTrue(outbox.find("a").isEmpty());
        assertEquals(1, outbox.list(10).size());
    }

    @Test
    void scheduledMessage_isTriedForADayFromItsTimeOn_andItsKeyIsKept() {
        Instant at = simulation.now().plus(Duration.ofDays(40));
        outbox.enqueue(email(), "k", at);
        mail.next(submission -> {
            throw busy;
        });
        simulation.run(Duration.ofDays(40));
        assertEquals(OutboxState.QUEUED, state());
        simulation.run(Duration.ofDays(2));
        assertEquals(OutboxState.SENT, state());
        assertEquals(2, mail.sends());
    }

    @Test
    void wallClockThatJumps_isNoticedWithinAMinute() {
        outbox.enqueue(email(), "k", simulation.now().plus(Duration.ofHours(12)));
        simulation.run(Duration.ofMinutes(5));
        simulation.stepClock(Duration.ofHours(12));
        simulation.run(Duration.ofMinutes(1));
        assertEquals(OutboxState.SENT, state());
    }

    @Test
    void lookThatFailsInAnUnforeseenWay_letsTheOthersGo() {
        mail.next(lost(Duration.ZERO, false));
        mail.failLook(new IllegalStateException("a defect"));
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofSeconds(2));
        assertEquals(OutboxState.UNKNOWN, state());
        assertEquals(OutboxState.SENT, outbox.send(email(), "other").state());
        simulation.run(Duration.ofSeconds(10));
        assertEquals(OutboxState.SENT_BEFORE, state());
    }

    @Test
    void failureThatMayHaveSent_isUnknownHoweverItIsTold() {
        mail.next(submission -> {
            submission.leaving();
            throw cut;
        });
        outbox.enqueue(email(), "k", simulation.now());
        assertEquals(OutboxState.UNKNOWN, state());
    }

    @Test
    void stepThatFailsAgainAndAgain_isNotTriedWithoutRest() {
        mail.next(lost(Duration.ZERO, false));
        for (int i = 0; i < 1_000; i++) {
            mail.failLook(new IllegalStateException("a defect"));
        }
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofMinutes(1));
        assertTrue(mail.looks() <= 13, mail.looks() + " looks in a minute");
    }

    @Test
    void errorOfAProvider_leavesTheOutboxAlive() {
        mail.next(submission -> {
            throw new AssertionError("a defect");
        });
        assertThrows(AssertionError.class, () -> outbox.enqueue(email(), "k", simulation.now()));
        assertEquals(OutboxState.SENT, outbox.send(email(), "other").state());
        simulation.run(Duration.ofMinutes(10));
        assertEquals(OutboxState.SENT, state());
    }

    @Test
    void busyThreads_areAskedAgain() {
        List<Runnable> refused = new ArrayList<>();
        outbox.close();
        outbox = new Outbox(
                mail.provider(),
                simulation.time(),
                task -> {
                    if (refused.size() < 2) {
                        refused.add(task);
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                },
                Duration.ofSeconds(10),
                store,
                OutboxOptions.DEFAULT);
        outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofSeconds(20));
        assertEquals(OutboxState.SENT, state());
    }

    @Test
    void messageThatWasTaken_isSentWhateverHappensToItsCopy() {
        mail.next(submission -> {
            submission.leaving();
            submission.accepted(List.of());
            assertEquals(OutboxState.SENT, state());
            return new SendResult.Sent(new EmailId("copy"), null);
        });
        OutboxEntry entry = outbox.send(email(), "k");
        assertEquals(OutboxState.SENT, entry.state());
        assertEquals(new EmailId("copy"), entry.emailId());
    }

    @Test
    void announcementThatWasStoredAlthoughItFailed_isTakenBack() {
        Simulation world = Simulation.withSeed(2);
        FailingAfterwards failing = new FailingAfterwards(store);
        outbox.close();
        outbox = new Outbox(
                mail.provider(), world.time(), Runnable::run, Duration.ofSeconds(10), failing, OutboxOptions.DEFAULT);
        failing.failing = true;
        outbox.enqueue(email(), "k", world.now());
        assertEquals(OutboxState.QUEUED, state());
        world.run(Duration.ofMinutes(2));
        assertEquals(OutboxState.SENT, state());
        assertEquals(2, mail.sends());
    }

    @Test
    void sameSecondSameSubject_otherMessage_isNotTakenForIt() {
        Instant date = Instant.parse("2024-03-01T12:00:00Z");
        outbox.send(email().date(date), "first");
        mail.next(submission -> {
            submission.leaving();
            return new SendResult.Unknown(cut);
        });
        outbox.enqueue(email().date(date), "k", simulation.now());
        simulation.run(Duration.ofMinutes(2));
        assertEquals(OutboxState.UNKNOWN, state());
    }

    @Test
    void closedOutbox_isGoneOnWithByTheNext() {
        outbox.enqueue(email(), "k", simulation.now().plus(Duration.ofHours(1)));
        outbox.close();
        simulation.run(Duration.ofHours(2));
        assertEquals(0, mail.sends());
        assertKind(Kind.CANCELLED, () -> outbox.send(email(), "other"));
        outbox = open(OutboxOptions.DEFAULT);
        assertEquals(OutboxState.SENT, state());
    }

    private Outbox open(OutboxOptions options) {
        return new Outbox(
                mail.provider(),
                simulation.time(),
                Runnable::run,
                Duration.ofSeconds(10),
                store,
                options.withListener(entry -> heard.add(entry.state())));
    }

    /** Stores that a message leaves, and says once that it could not. */
    private static final class FailingAfterwards extends ForwardingStore {
        private boolean failing;

        FailingAfterwards(OutboxStore store) {
            super(store);
        }

        @Override
        public boolean replace(OutboxEntry next) {
            boolean done = super.replace(next);
            if (failing && next.leftAt() != null) {
                failing = false;
                throw MailException.of(Kind.STORAGE, "no answer");
            }
            return done;
        }
    }

    private ModelMail.Behaviour lost(Duration visibleAfter, boolean renamed) {
        return (Submission submission) -> {
            submission.leaving();
            Instant visible =
                    visibleAfter == null ? Instant.MAX : simulation.now().plus(visibleAfter);
            mail.accept(submission, visible, renamed);
            return new SendResult.Unknown(cut);
        };
    }

    private OutboxState state() {
        return outbox.find("k").orElseThrow().state();
    }

    private static OutgoingEmail email() {
        return OutgoingEmail.from(new EmailAddress("Ada", "ada@example.com"))
                .to(new EmailAddress(null, "b@example.com"))
                .subject("Hello")
                .text("How are you?");
    }

    private static void assertKind(Kind kind, Runnable call) {
        assertEquals(kind, assertThrows(MailException.class, call::run).kind());
    }
}
