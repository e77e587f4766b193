package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Label;
import com.google.api.services.gmail.model.LabelColor;
import com.google.api.services.gmail.model.VacationSettings;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.testkit.conformance.SampleMail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is Gmail's own in labels, settings and imports. */
class GmailSettingsMethodsTest {
    private static final String ME = "ada@example.com";
    private static final MailboxId INBOX = new MailboxId("INBOX");

    private final WritingAccount account = new WritingAccount();

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void rename_keepsColourAndVisibility() throws IOException {
        Mailbox mailbox = account.mail.mailboxes().create(List.of("Projects"));
        String id = mailbox.id().value();
        LabelColor red = new LabelColor().setBackgroundColor("#fb4c2f").setTextColor("#ffffff");
        var unused = google().users()
                .labels()
                .patch(ME, id, new Label().setColor(red).setLabelListVisibility("labelHide"))
                .execute();
        Mailbox renamed = account.mail.mailboxes().rename(mailbox.id(), List.of("Works"));
        Label label = google().users().labels().get(ME, id).execute();
        assertEquals(mailbox.id(), renamed.id());
        assertEquals("Works", label.getName());
        assertEquals("labelHide", label.getLabelListVisibility());
        assertEquals("#fb4c2f", label.getColor().getBackgroundColor());
    }

    @Test
    void systemLabels_areForbidden() {
        for (String id : List.of("SENT", "TRASH", "ALL_MAIL", "CATEGORY_SOCIAL")) {
            MailException failure = assertThrows(
                    MailException.class, () -> account.mail.mailboxes().destroy(new MailboxId(id)));
            assertTrue(Set.of(Kind.FORBIDDEN, Kind.NOT_FOUND).contains(failure.kind()), id);
        }
        for (String id : List.of("UNREAD", "STARRED")) {
            MailException failure = assertThrows(
                    MailException.class, () -> account.mail.mailboxes().destroy(new MailboxId(id)));
            assertEquals(Kind.NOT_FOUND, failure.kind());
        }
    }

    @Test
    void setVacation_keepsWhomItIsLimitedTo() throws IOException {
        VacationSettings limited = new VacationSettings()
                .setEnableAutoReply(true)
                .setResponseSubject("Away")
                .setRestrictToContacts(true);
        var unused = google().users().settings().updateVacation(ME, limited).execute();
        account.mail.setVacation(VacationResponse.text("Gone", "fishing"));
        VacationSettings now = google().users().settings().getVacation(ME).execute();
        assertEquals("Gone", now.getResponseSubject());
        assertTrue(now.getRestrictToContacts());
    }

    @Test
    void filters_areCreatedListedAndDeleted() {
        GmailFilters filters = account.mail.unwrap(GmailFilters.class).orElseThrow();
        Mailbox label = account.mail.mailboxes().create(List.of("News"));
        GmailFilter.Match match = new GmailFilter.Match("news@example.org", null, null, null, null, null);
        GmailFilter created = filters.create(GmailFilter.labelling(match, label.id()));
        assertEquals(match, created.match());
        assertEquals(Set.of(label.id()), created.add());
        assertEquals(List.of(created), filters.list());
        filters.delete(created);
        assertEquals(List.of(), filters.list());
        assertEquals(
                Kind.NOT_FOUND,
                assertThrows(MailException.class, () -> filters.delete(created)).kind());
    }

    @Test
    void filter_showsNothingOfWhatItLooksFor() {
        GmailFilter filter = GmailFilter.labelling(GmailFilter.Match.query("from:boss"), INBOX);
        assertFalse(filter.toString().contains("boss"));
        assertFalse(filter.match().toString().contains("boss"));
    }

    @Test
    void import_atATimeThatGmailCannotKeep_isUnsupportedAndAddsNothing() {
        SampleMail mail = SampleMail.named("a");
        EmailImport later = EmailImport.into(INBOX).receivedAt(mail.date().plus(Duration.ofDays(2)));
        MailException failure = assertThrows(
                MailException.class, () -> account.mail.emails().importEmail(RawContent.of(mail.bytes()), later));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
        assertEquals(List.of(), account.server.log());
    }

    @Test
    void import_minutesAfterItsDate_isDatedByIt() {
        SampleMail mail = SampleMail.named("a");
        EmailImport minutes = EmailImport.into(INBOX).receivedAt(mail.date().plus(Duration.ofMinutes(3)));
        EmailId id = account.mail.emails().importEmail(RawContent.of(mail.bytes()), minutes);
        assertEquals(mail.date(), account.mailbox().message(id.value()).internalDate());
    }

    private Gmail google() {
        return account.mail.unwrap(Gmail.class).orElseThrow();
    }
}
