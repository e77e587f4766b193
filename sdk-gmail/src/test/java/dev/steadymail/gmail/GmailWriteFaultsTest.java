package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.Submission;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.gmail.GmailFault;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must not be done twice is asked for once, whatever goes wrong, and says whether it may have been done. */
class GmailWriteFaultsTest {
    private static final String SEND = "/messages/send";
    private static final String DRAFT_SEND = "/drafts/send";
    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final GmailFault BUSY = GmailFault.status(503, "backendError", "busy");

    private final WritingAccount account =
            new WritingAccount(GmailSettings.DEFAULT.withDownloadTimeout(Duration.ofSeconds(5)));

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void send_resetAfterTheEffect_isUnknownAndLeavesOneCopy() {
        account.server.inject(GmailFault.resetAfter().onPath(SEND));
        assertUnknown(send());
        assertEquals(1, account.requests("POST", SEND));
        assertEquals(1, account.mailbox().messages().size());
    }

    @Test
    void send_resetBeforeTheEffect_isUnknownAndNotRepeated() {
        account.server.inject(GmailFault.resetBefore().onPath(SEND));
        assertUnknown(send());
        assertEquals(1, account.requests("POST", SEND));
        assertEquals(0, account.mailbox().messages().size());
    }

    @Test
    void send_answerCut_isUnknownAndLeavesOneCopy() {
        account.server.inject(GmailFault.truncate(5).onPath(SEND));
        assertUnknown(send());
        assertEquals(1, account.requests("POST", SEND));
        assertEquals(1, account.mailbox().messages().size());
    }

    @Test
    void send_503_isUnknownAndNotRepeated() {
        account.server.inject(BUSY.onPath(SEND));
        SendResult.Unknown unknown = assertUnknown(send());
        assertEquals(Kind.UNAVAILABLE, unknown.cause().kind());
        assertEquals(1, account.requests("POST", SEND));
    }

    @Test
    void send_401Once_isSentOnceWithAFreshToken() {
        account.server.inject(GmailFault.status(401, "authError", "expired").onPath(SEND));
        assertInstanceOf(SendResult.Sent.class, send());
        assertEquals(2, account.requests("POST", SEND));
        assertEquals(1, account.mailbox().messages().size());
    }

    @Test
    void send_429_surelyHadNoEffect() {
        account.server.inject(GmailFault.status(429, "rateLimitExceeded", "slow down")
                .onPath(SEND)
                .retryAfter(Duration.ofMinutes(5)));
        MailException failure = assertThrows(MailException.class, this::send);
        assertEquals(Kind.THROTTLED, failure.kind());
        assertFalse(failure.mayHaveTakenEffect());
        assertEquals(1, account.requests("POST", SEND));
        assertEquals(0, account.mailbox().messages().size());
    }

    @Test
    void send_refusedAsInvalid_isThrown() {
        byte[] nobody = SampleMail.named("a").to("undisclosed:;").bytes();
        MailException failure = assertThrows(
                MailException.class,
                () -> account.provider().send(Submission.of(RawContent.of(nobody)), account.call()));
        assertEquals(Kind.INVALID, failure.kind());
    }

    @Test
    void sendDraft_resetAfterTheEffect_isUnknownAndLeavesOneCopy() {
        EmailId draft = account.mail.drafts().create(message());
        account.server.inject(GmailFault.resetAfter().onPath(DRAFT_SEND));
        assertUnknown(account.mail.drafts().send(draft));
        assertEquals(1, account.requests("POST", DRAFT_SEND));
        assertEquals(1, account.mailbox().messages().size());
        assertEquals(
                Kind.CONFLICT,
                assertThrows(MailException.class, () -> account.mail.drafts().send(draft))
                        .kind());
    }

    @Test
    void sendDraft_503_keepsTheDraft() {
        EmailId draft = account.mail.drafts().create(message());
        account.server.inject(BUSY.onPath(DRAFT_SEND));
        assertUnknown(account.mail.drafts().send(draft));
        assertEquals(1, account.requests("POST", DRAFT_SEND));
        assertEquals(1, account.mail.drafts().list().stream().count());
    }

    @Test
    void import_lostAnswers_areNotRepeated() {
        for (GmailFault fault :
                List.of(GmailFault.resetAfter(), GmailFault.resetBefore(), GmailFault.truncate(3), BUSY)) {
            account.server.clearLog();
            account.server.inject(fault.onPath("/upload/"));
            MailException failure = assertThrows(
                    MailException.class, () -> account.mail.emails().importEmail(message(), EmailImport.into(INBOX)));
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(1, account.requests("POST", "/messages"));
        }
        assertEquals(2, account.mailbox().messages().size());
    }

    /** Some servers say of a taken name what they say of one that cannot be. */
    @Test
    void createLabel_refusedAsInvalid_isAConflictWhereTheNameIsTaken() {
        Mailbox unused = account.mail.mailboxes().create(List.of("Projects"));
        account.server.inject(GmailFault.status(400, "invalidArgument", "Invalid label name")
                .onPath("/labels")
                .onMethod("POST")
                .times(2));
        assertEquals(Kind.CONFLICT, refusal("Projects"));
        assertEquals(Kind.INVALID, refusal("Others"));
    }

    private Kind refusal(String name) {
        return assertThrows(MailException.class, () -> account.mail.mailboxes().create(List.of(name)))
                .kind();
    }

    @Test
    void createDraft_lostAnswers_areNotRepeated() {
        for (GmailFault fault : List.of(GmailFault.resetAfter(), GmailFault.resetBefore(), BUSY)) {
            account.server.clearLog();
            account.server.inject(fault.onPath("/upload/"));
            MailException failure = assertThrows(
                    MailException.class, () -> account.mail.drafts().create(message()));
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(1, account.requests("POST", "/drafts"));
        }
        assertEquals(1, account.mailbox().messages().size());
    }

    @Test
    void replaceDraft_lostAnswer_isRepeatedAndLeavesOneDraft() {
        EmailId draft = account.mail.drafts().create(message());
        account.server.inject(GmailFault.resetAfter().onPath("/drafts/").onMethod("PUT"));
        EmailId replaced = account.mail.drafts().replace(draft, message());
        assertEquals(2, account.requests("PUT", "/drafts/"));
        assertEquals(
                List.of(replaced),
                account.mail.drafts().list().stream().map(email -> email.id()).toList());
    }

    @Test
    void createLabel_lostAnswer_isNotRepeated() {
        account.server.inject(GmailFault.resetAfter().onPath("/labels").onMethod("POST"));
        MailException failure =
                assertThrows(MailException.class, () -> account.mail.mailboxes().create(List.of("Projects")));
        assertTrue(failure.mayHaveTakenEffect());
        assertEquals(1, account.requests("POST", "/labels"));
        assertTrue(account.mail.mailboxes().find("Projects").isPresent());
    }

    @Test
    void messageAboveGooglesLimit_isRefusedBeforeAnythingIsSent() {
        MailException failure = assertThrows(
                MailException.class, () -> account.provider().send(Submission.of(new Huge()), account.call()));
        assertEquals(Kind.TOO_LARGE, failure.kind());
        assertEquals(List.of(), account.server.log());
    }

    private SendResult send() {
        return account.provider().send(Submission.of(message()), account.call());
    }

    private static RawContent message() {
        return RawContent.of(SampleMail.named("a").bytes());
    }

    private static SendResult.Unknown assertUnknown(SendResult result) {
        return assertInstanceOf(SendResult.Unknown.class, result);
    }

    /** One octet more than Google takes, and nobody reads them. */
    private static final class Huge implements RawContent {
        @Override
        public long size() {
            return Uploads.MOST_OCTETS + 1;
        }

        @Override
        public InputStream open() {
            throw new AssertionError("was read");
        }
    }
}
