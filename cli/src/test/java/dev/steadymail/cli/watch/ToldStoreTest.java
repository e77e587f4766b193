package dev.steadymail.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToldStoreTest {
    private static final MailboxId INBOX = new MailboxId("1");
    private static final MailboxId WORK = new MailboxId("2");
    private static final EmailId ID = new EmailId("a");
    private static final EmailId NEW_ID = new EmailId("b");

    private final List<String> told = new ArrayList<>();
    private final ToldStore store = new ToldStore(new InMemorySyncStore(), line -> told.add(line.toString()));

    @BeforeEach
    void firstSync() {
        store.apply(to("1").save(new Mailbox(INBOX, List.of("INBOX"), null, true))
                .save(new Mailbox(WORK, List.of("Projects", "Work"), null, true))
                .create(email(ID, "known"))
                .build());
        assertEquals(List.of(), told);
        store.tell();
    }

    @Test
    void arrival_isToldWithoutControlCharacters() {
        apply(to("2").create(email(NEW_ID, "new\u001b[31m\nline")));
        assertTold("{\"event\":\"created\",\"mailbox\":\"INBOX\",\"id\":\"b\",\"from\":\"Ada <ada@example.com>\","
                + "\"subject\":\"new [31m line\",\"receivedAt\":\"2026-01-02T03:04:05.000Z\",\"size\":7}");
    }

    @Test
    void moveUnderANewId_isToldWithBoth() {
        apply(to("2").relocate(new Relocated(ID, NEW_ID, Set.of(WORK)))
                .update(new Updated(NEW_ID, Set.of(WORK), Set.of(Keyword.SEEN))));
        assertTold(
                "{\"event\":\"moved\",\"mailbox\":\"Projects/Work\",\"id\":\"b\",\"oldMailbox\":\"INBOX\",\"oldId\":\"a\"}",
                "{\"event\":\"updated\",\"mailbox\":\"Projects/Work\",\"id\":\"b\",\"keywords\":[\"$seen\"]}");
    }

    @Test
    void moveUnderTheSameId_isTold() {
        apply(to("2").update(new Updated(ID, Set.of(WORK), Set.of())));
        assertTold(
                "{\"event\":\"moved\",\"mailbox\":\"Projects/Work\",\"id\":\"a\",\"oldMailbox\":\"INBOX\",\"oldId\":\"a\"}");
    }

    @Test
    void emailThatGoesWithItsMailbox_isToldByName() {
        apply(to("2").destroy(ID).drop(INBOX));
        assertTold("{\"event\":\"destroyed\",\"mailbox\":\"INBOX\",\"id\":\"a\"}");
    }

    @Test
    void emailReadAgain_isNoArrival() {
        apply(to("2").create(email(ID, "known").withState(Set.of(INBOX), Set.of(Keyword.FLAGGED))));
        assertTold("{\"event\":\"updated\",\"mailbox\":\"INBOX\",\"id\":\"a\",\"keywords\":[\"$flagged\"]}");
    }

    @Test
    void whatIsUnknownOrAsBefore_isNotTold() {
        apply(to("2").update(new Updated(ID, Set.of(INBOX), Set.of()))
                .update(new Updated(NEW_ID, Set.of(INBOX), Set.of(Keyword.SEEN)))
                .relocate(new Relocated(NEW_ID, new EmailId("c"), Set.of(WORK)))
                .destroy(NEW_ID));
        assertTold();
    }

    @Test
    void batchAppliedAgain_tellsNothingMore() {
        SyncBatch batch = to("2").relocate(new Relocated(ID, NEW_ID, Set.of(WORK)))
                .create(email(new EmailId("c"), "new"))
                .build();
        store.apply(batch);
        store.apply(batch);
        assertEquals(2, told.size(), told.toString());
    }

    private void apply(SyncBatch.Builder batch) {
        store.apply(batch.build());
    }

    private void assertTold(String... lines) {
        assertEquals(List.of(lines), told);
    }

    private static SyncBatch.Builder to(String cursor) {
        return SyncBatch.to(new SyncCursor(cursor));
    }

    private static Email email(EmailId id, String subject) {
        List<EmailAddress> ada = List.of(new EmailAddress("Ada", "ada@example.com"));
        Envelope envelope =
                new Envelope(subject, ada, List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null);
        Instant received = Instant.parse("2026-01-02T03:04:05Z");
        return new Email(id, null, null, Set.of(INBOX), Set.of(), received, 7, envelope, null);
    }
}
