package dev.steadymail.testkit.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SendEvent.Outcome;
import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.Protocol;
import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener hears of an outbox. */
class OutboxEventsTest {
    private final Simulation simulation = Simulation.withSeed(1);
    private final ModelMail mail = new ModelMail(simulation::now);
    private final List<SendEvent> heard = new ArrayList<>();
    private final Outbox outbox = new Outbox(
            mail.provider(),
            simulation.time(),
            Runnable::run,
            Duration.ofSeconds(10),
            new MemoryOutboxStore(),
            OutboxOptions.DEFAULT,
            Telemetry.of(
                    new AccountId("ada"),
                    Protocol.IMAP,
                    simulation.time(),
                    event -> heard.add((SendEvent) event),
                    null));

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void messageThatLeaves_isToldTwice() {
        var unused = outbox.send(email(), "k");
        assertEquals(List.of(Outcome.QUEUED, Outcome.SENT), outcomes());
        assertEquals(1, heard.get(1).attempts());
    }

    @Test
    void failureThatSentNothing_isToldAsPostponed() {
        mail.next(submission -> {
            throw MailException.builder(Kind.UNAVAILABLE, "busy")
                    .mayHaveTakenEffect(false)
                    .build();
        });
        var unused = outbox.enqueue(email(), "k", simulation.now());
        assertEquals(List.of(Outcome.QUEUED, Outcome.POSTPONED), outcomes());
        assertEquals(Kind.UNAVAILABLE, heard.get(1).failure());
        simulation.run(Duration.ofMinutes(2));
        assertEquals(List.of(Outcome.QUEUED, Outcome.POSTPONED, Outcome.SENT), outcomes());
    }

    @Test
    void unclearOutcome_isToldOnce_howeverOftenItIsLookedFor() {
        mail.next(submission -> {
            submission.leaving();
            throw MailException.builder(Kind.NETWORK, "cut")
                    .mayHaveTakenEffect(true)
                    .build();
        });
        var unused = outbox.enqueue(email(), "k", simulation.now());
        simulation.run(Duration.ofHours(3));
        assertEquals(List.of(Outcome.QUEUED, Outcome.UNKNOWN), outcomes());
    }

    @Test
    void cancelledMessage_isTold() {
        var unused = outbox.enqueue(email(), "k", simulation.now().plusSeconds(60));
        assertEquals(true, outbox.cancel("k"));
        assertEquals(List.of(Outcome.QUEUED, Outcome.CANCELLED), outcomes());
    }

    private List<Outcome> outcomes() {
        return heard.stream().map(SendEvent::outcome).toList();
    }

    private static OutgoingEmail email() {
        return OutgoingEmail.from(new EmailAddress(null, "ada@example.com"))
                .to(new EmailAddress(null, "grace@example.com"))
                .subject("s")
                .text("t");
    }
}
