package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.StateLists;
import dev.steadymail.provider.StateLists.Listed;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailMailbox;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListedStatesTest {
    private static final String LIST = "/messages$";

    private final FakeGmail server =
            FakeGmail.builder().user("ada@example.com", "token").start();
    private final GmailMailbox mailbox = server.mailbox("ada@example.com");
    private final MailRuntime runtime = MailRuntime.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();
    private final MailClient mail = runtime.open(GmailAccount.with(Tokens.fixed("token"))
            .rootUrl(URI.create(server.rootUrl()))
            .guarded(Unpaced.GUARD));
    private final StateLists lists = mail.unwrap(StateLists.class).orElseThrow();

    @AfterEach
    void close() {
        runtime.close();
        server.close();
    }

    private Call call() {
        return new Call(runtime.time().deadline(Duration.ofSeconds(60)), Lane.BACKFILL);
    }

    private List<EmailId> deliver(int count, String... labels) {
        List<EmailId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new EmailId(
                    mailbox.add(("Subject: " + i + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII), labels)));
        }
        return ids;
    }

    private void assertAsRead(Listed listed, List<EmailId> ids) {
        List<Email> read = mail.emails().get(ids, FetchLevel.STATE);
        assertEquals(ids.size(), read.size());
        for (Email email : read) {
            assertEquals(
                    email,
                    listed.find(email.id(), email.receivedAt(), email.size()).orElseThrow());
        }
    }

    @Test
    void lists_tellTheStateThatEachEmailHas() {
        List<EmailId> ids = new ArrayList<>(deliver(700, "INBOX", "UNREAD"));
        ids.addAll(deliver(5, mailbox.createLabel("Work"), "STARRED", "CATEGORY_FORUMS"));
        ids.addAll(deliver(5));
        ids.addAll(deliver(5, "TRASH", "UNREAD"));
        ids.addAll(deliver(5, "SPAM"));
        ids.addAll(deliver(5, "DRAFT"));
        Listed listed = lists.begin();
        listed.complete(call());
        assertEquals(725, listed.size());
        assertAsRead(listed, ids.subList(690, 725));
        server.clearLog();
        listed.complete(call());
        assertEquals(0, server.log().size());
    }

    @Test
    void afterAFailure_listsGoOnWhereTheyEnded() {
        List<EmailId> ids = deliver(1_200, "INBOX");
        server.inject(GmailFault.status(500, "backendError", "Backend Error")
                .onPath(LIST)
                .skip(2)
                .times(1));
        Listed listed = lists.begin();
        assertThrows(MailException.class, () -> listed.complete(call()));
        assertTrue(listed.find(ids.get(0), Instant.EPOCH, 0).isEmpty(), "half a list tells nothing");
        server.clearLog();
        listed.complete(call());
        long labels = mailbox.labels().size();
        // One more page of all, three of INBOX, one of each other label, and the labels themselves.
        assertEquals(1 + 3 + labels - 1 + 1, server.log().size());
        assertAsRead(listed, ids.subList(0, 20));
    }

    @Test
    void whatArrivesWhileListing_isNotKnown() {
        List<EmailId> before = deliver(3, "INBOX");
        Listed listed = lists.begin();
        listed.complete(call());
        EmailId late = deliver(1, "INBOX", "UNREAD").get(0);
        assertTrue(listed.find(late, Instant.EPOCH, 0).isEmpty());
        assertTrue(listed.find(new EmailId("no number"), Instant.EPOCH, 0).isEmpty());
        assertTrue(listed.find(before.get(0), Instant.EPOCH, 0).isPresent());
    }

    @Test
    void table_holdsManyIdsWithFewSets() {
        LabelTable table = new LabelTable();
        int red = table.number("red");
        int blue = table.number("blue");
        for (long id = 1; id <= 20_000; id++) {
            String hex = Long.toHexString(id * 0x1_0001L);
            assertTrue(table.add(hex, "1"));
            if (id % 2 == 0) {
                table.label(hex, blue);
            }
            if (id % 3 == 0) {
                table.label(hex, red);
                table.label(hex, red);
            }
        }
        assertEquals(20_000, table.size());
        for (long id = 1; id <= 20_000; id++) {
            Set<String> labels = Set.copyOf(table.labels(table.find(Long.toHexString(id * 0x1_0001L))));
            assertEquals(id % 2 == 0, labels.contains("blue"));
            assertEquals(id % 3 == 0, labels.contains("red"));
        }
        assertEquals(-1, table.find("0000000000010001"), "written otherwise, it is another id");
        assertTrue(table.add("ABC", "1"));
        assertEquals(-1, table.find("abc"));
        assertFalse(table.find("10001") < 0);
    }
}
