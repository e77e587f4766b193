package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.services.gmail.model.Label;
import com.google.api.services.gmail.model.Profile;
import dev.steadymail.gmail.GmailCursor.Phase;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.SyncCursor;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GmailModelTest {
    @Test
    void labels_becomeMailboxesOrKeywords() {
        assertEquals(
                List.of(
                        new Mailbox(new MailboxId("INBOX"), List.of("INBOX"), Role.INBOX, true),
                        new Mailbox(new MailboxId("Label_1"), List.of("Work", "2026"), null, true),
                        new Mailbox(Labels.ALL_MAIL, List.of("All Mail"), Role.ALL, true)),
                Labels.mailboxes(List.of(
                        label("INBOX", "INBOX", "system"),
                        label("UNREAD", "UNREAD", "system"),
                        label("STARRED", "STARRED", "system"),
                        label("Label_1", "Work/2026", "user"))));
    }

    @Test
    void states_goThereAndBack() {
        for (Set<String> labels : List.of(
                Set.<String>of(),
                Set.of("UNREAD"),
                Set.of("INBOX", "STARRED"),
                Set.of("DRAFT"),
                Set.of("Label_9", "UNREAD"))) {
            assertEquals(labels, Labels.labelIds(Labels.mailboxIds(labels), Labels.keywords(labels)));
        }
        assertEquals(Set.of(Labels.ALL_MAIL), Labels.mailboxIds(Set.of("UNREAD")));
        assertEquals(Set.of(Keyword.SEEN, Keyword.DRAFT), Labels.keywords(Set.of("DRAFT")));
    }

    @Test
    void cursors_goThereAndBack() {
        BigInteger big = new BigInteger("18446744073709551615");
        for (GmailCursor cursor : List.of(
                new GmailCursor(Phase.LIST, big, "0", 12, 3, null, "odd;token\n"),
                GmailCursor.history(big, "ffffffffffffffff"),
                GmailCursor.history(big, "0").at("7", big),
                GmailCursor.history(big, "0").at("7", null).recovering())) {
            assertEquals(cursor, GmailCursor.parse(cursor.toSyncCursor()));
        }
    }

    @Test
    void historyIds_thatNoCursorKeeps_areRefused() {
        BigInteger largest = new BigInteger("18446744073709551615");
        assertEquals(largest, FullListing.historyId(new Profile().setHistoryId(largest)));
        for (BigInteger id : List.of(largest.add(BigInteger.ONE), BigInteger.valueOf(-1))) {
            Profile profile = new Profile().setHistoryId(id);
            MailException failure = assertThrows(MailException.class, () -> FullListing.historyId(profile));
            assertEquals(Kind.PROTOCOL, failure.kind());
        }
        assertThrows(MailException.class, () -> FullListing.historyId(new Profile()));
    }

    @Test
    void cursors_ofOthers_areRefused() {
        for (String text :
                List.of("", "imap1;x", "gmail2;LIST;1;0;1;0;;", "gmail1;LIST;-1;0;1;0;;", "gmail1;NONE;1;0;1;0;;")) {
            MailException failure =
                    assertThrows(MailException.class, () -> GmailCursor.parse(new SyncCursor(text)), text);
            assertEquals(Kind.INVALID, failure.kind());
        }
    }

    private static Label label(String id, String name, String type) {
        return new Label().setId(id).setName(name).setType(type);
    }
}
