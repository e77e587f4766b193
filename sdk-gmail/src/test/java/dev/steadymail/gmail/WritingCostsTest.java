package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.guard.Ledger;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.provider.Submission;
import dev.steadymail.testkit.conformance.SampleMail;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each method is charged what the plan of 2026 says, by its own name. */
class WritingCostsTest {
    private final WritingAccount account = new WritingAccount();

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void messages_costWhatThePlanSays() {
        assertEquals(
                25, cost(() -> account.mail.emails().importEmail(message(), EmailImport.into(new MailboxId("INBOX")))));
        assertEquals(100, cost(() -> account.provider().send(Submission.of(message()), account.call())));
    }

    @Test
    void drafts_costWhatThePlanSays_andFiveToBeFound() {
        EmailId[] draft = new EmailId[1];
        assertEquals(10, cost(() -> draft[0] = account.mail.drafts().create(message())));
        assertEquals(5 + 15, cost(() -> draft[0] = account.mail.drafts().replace(draft[0], message())));
        assertEquals(5 + 100, cost(() -> account.mail.drafts().send(draft[0])));
        draft[0] = account.mail.drafts().create(message());
        assertEquals(5 + 10, cost(() -> account.mail.drafts().discard(draft[0])));
    }

    @Test
    void labelsAndSettings_costWhatThePlanSays() {
        MailboxId[] label = new MailboxId[1];
        assertEquals(
                5,
                cost(() ->
                        label[0] = account.mail.mailboxes().create(List.of("A")).id()));
        assertEquals(1 + 5, cost(() -> account.mail.mailboxes().rename(label[0], List.of("B"))));
        assertEquals(1 + 5, cost(() -> account.mail.mailboxes().destroy(label[0])));
        assertEquals(1, cost(() -> account.mail.identities()));
        assertEquals(1, cost(() -> account.mail.vacation()));
        assertEquals(1 + 5, cost(() -> account.mail.setVacation(VacationResponse.text("Away", "Back soon."))));
    }

    @Test
    void uploadInPieces_isChargedOnce() {
        byte[] large = Arrays.copyOf(SampleMail.named("a").bytes(), 6 << 20);
        RawContent content = RawContent.of(large);
        assertEquals(
                25, cost(() -> account.mail.emails().importEmail(content, EmailImport.into(new MailboxId("INBOX")))));
        assertEquals(1, account.requests("PUT", "/upload/"));
    }

    private long cost(Runnable work) {
        long before = used();
        work.run();
        return used() - before;
    }

    private long used() {
        return account.mail.ledger().balances().stream()
                .map(Ledger.Balance::usedByLane)
                .mapToLong(lanes -> lanes.getOrDefault(Lane.INTERACTIVE, 0L))
                .max()
                .orElseThrow();
    }

    private static RawContent message() {
        return RawContent.of(SampleMail.named("a").bytes());
    }
}
