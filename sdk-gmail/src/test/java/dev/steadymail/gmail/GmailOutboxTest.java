package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxState;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailFaults;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gmail takes a message and does not say so, or puts another Message-ID into it: the outbox finds it, and sends nothing twice. */
@Timeout(120)
class GmailOutboxTest {
    private FaultedAccount account;
    private Outbox outbox;

    private void open(boolean renames) {
        account = new FaultedAccount(
                Unpaced.GUARD,
                server -> {
                    if (renames) {
                        var unused = server.rewriteMessageIds();
                    }
                },
                tokens -> tokens);
        outbox = new Outbox(
                account.provider(),
                account.runtime.time(),
                Runnable::run,
                Duration.ofSeconds(10),
                new MemoryOutboxStore(),
                OutboxOptions.DEFAULT);
    }

    @AfterEach
    void close() {
        outbox.close();
        account.close();
    }

    @Test
    void email_isSentOnceUnderItsKey() {
        open(false);
        OutboxEntry sent = send(faults -> {});
        assertEquals(OutboxState.SENT, sent.state());
        assertNotNull(sent.threadId());
        assertEquals(OutboxState.SENT, send(faults -> {}).state());
        assertEquals(1, sent());
    }

    @Test
    void busyAfterAcceptance_isFoundByTheFirstLook() {
        open(false);
        OutboxEntry entry =
                send(faults -> faults.inject(GmailFaults.unavailable().afterEffect()));
        assertEquals(OutboxState.UNKNOWN, entry.state());
        account.time.advance(Duration.ofSeconds(2));
        assertEquals(OutboxState.SENT_BEFORE, state());
        assertEquals(1, sent());
    }

    @Test
    void busyAfterAcceptance_withAnotherMessageId_isFoundByWhatElseIsItsOwn() {
        open(true);
        OutboxEntry entry =
                send(faults -> faults.inject(GmailFaults.unavailable().afterEffect()));
        assertEquals(OutboxState.UNKNOWN, entry.state());
        account.time.advance(Duration.ofSeconds(2));
        assertEquals(OutboxState.SENT_BEFORE, state());
        assertEquals(1, sent());
    }

    @Test
    void lostAnswer_isFound() {
        open(false);
        send(faults -> faults.inject(GmailFault.resetAfter()));
        account.time.advance(Duration.ofSeconds(2));
        assertEquals(OutboxState.SENT_BEFORE, state());
        assertEquals(1, sent());
    }

    @Test
    void lostRequest_staysUnknownAndIsNotSentAgain() {
        open(false);
        send(faults -> faults.inject(GmailFault.resetBefore()));
        for (int second = 0; second < 120; second++) {
            account.time.advance(Duration.ofSeconds(1));
        }
        OutboxEntry entry = outbox.find("k").orElseThrow();
        assertEquals(OutboxState.UNKNOWN, entry.state());
        assertTrue(entry.isSettled());
        assertEquals(3, entry.looks());
        assertEquals(0, sent());
    }

    private OutboxEntry send(Consumer<FaultedAccount> faults) {
        faults.accept(account);
        OutgoingEmail email = OutgoingEmail.from(new EmailAddress("Ada", FaultedAccount.USER))
                .to(new EmailAddress("B\u00f6b", "bob@example.org"))
                .bcc(new EmailAddress(null, "carl@example.org"))
                .subject("Gr\u00fc\u00dfe")
                .text("Hello");
        VirtualTime.Ended<OutboxEntry> ended = account.run(() -> {
            OutboxEntry unused = outbox.enqueue(email, "k", account.time.now());
            return outbox.find("k").orElseThrow();
        });
        assertEquals(null, ended.failure());
        return ended.value();
    }

    private OutboxState state() {
        return outbox.find("k").orElseThrow().state();
    }

    private long sent() {
        return account.mailbox().messages().stream()
                .filter(message -> message.labelIds().contains("SENT"))
                .count();
    }
}
