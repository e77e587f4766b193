package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.Submission;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.gmail.GmailFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GmailSilentSendTest {
    @Test
    void send_serverIsSilentForLongerThanAnAttempt_isUnknownAndNotRepeated() {
        GmailSettings impatient = GmailSettings.DEFAULT.withDownloadTimeout(Duration.ofMillis(300));
        try (WritingAccount account = new WritingAccount(impatient)) {
            account.server.inject(GmailFault.delay(Duration.ofSeconds(60))
                    .onPath("/messages/send")
                    .times(5));
            SendResult result = account.provider()
                    .send(Submission.of(RawContent.of(SampleMail.named("a").bytes())), account.call());
            SendResult.Unknown unknown = assertInstanceOf(SendResult.Unknown.class, result);
            assertEquals(Kind.TIMEOUT, unknown.cause().kind());
            assertEquals(1, unknown.cause().attempts());
            assertEquals(0, account.mailbox().messages().size());
        }
    }
}
