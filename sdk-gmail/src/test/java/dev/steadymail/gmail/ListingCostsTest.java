package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.guard.Ledger;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.conformance.SampleMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ids alone are charged as a list, however many there are; where the emails have to be looked at, they are charged as well. */
class ListingCostsTest {
    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final int EMAILS = 4;

    private final WritingAccount account = new WritingAccount();

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void ids_costOneList_andEmailsAGetEach() {
        fill();
        EmailQuery inbox = EmailQuery.in(INBOX);
        assertEquals(5, cost(() -> account.provider().queryIds(inbox, null, account.call())));
        assertEquals(5 + EMAILS * 20, cost(() -> account.provider().query(inbox, null, account.call())));
    }

    @Test
    void idsOfWhatGmailListsTooWidely_costAGetEach() {
        fill();
        EmailQuery recent = EmailQuery.in(INBOX).receivedSince(SampleMail.NOON.minusSeconds(1));
        assertEquals(5 + EMAILS * 20, cost(() -> account.provider().queryIds(recent, null, account.call())));
    }

    private void fill() {
        for (int n = 0; n < EMAILS; n++) {
            var unused = account.mail
                    .emails()
                    .importEmail(
                            RawContent.of(SampleMail.named("m" + n).bytes()),
                            EmailImport.into(INBOX).receivedAt(SampleMail.NOON));
        }
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
}
