package dev.steadymail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.smtp.SmtpServer.Security;
import dev.steadymail.testkit.smtp.SmtpFaultPlan;
import dev.steadymail.testkit.smtp.SmtpMechanism;
import dev.steadymail.testkit.smtp.SmtpSettings;
import dev.steadymail.time.Deadline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginTest {
    private static final String LONG_TOKEN = "t".repeat(2_000);

    @ParameterizedTest
    @EnumSource
    void everyMechanism_logsIn(SmtpMechanism mechanism) {
        Talk talk = talk(mechanism, "secret", "token").login();
        talk.send(Messages.to("bob@example.org"));

        assertEquals("ada", talk.mailroom.messages().get(0).envelope().user());
        assertEquals(
                0,
                talk.mailroom.violationCount(),
                () -> talk.mailroom.violations().toString());
        assertTrue(talk.written().contains("AUTH " + mechanism.keyword()));
    }

    @ParameterizedTest
    @EnumSource
    void wrongSecret_isRefused(SmtpMechanism mechanism) {
        Talk talk = talk(mechanism, "wrong", "wrong");
        MailException failure = assertThrows(MailException.class, talk::login);

        boolean token = mechanism == SmtpMechanism.XOAUTH2 || mechanism == SmtpMechanism.OAUTHBEARER;
        assertEquals(token ? Kind.REAUTH_REQUIRED : Kind.AUTH, failure.kind());
        assertFalse(failure.isRetryable());
        assertFalse(String.valueOf(failure.getMessage()).contains("wrong"));
    }

    @Test
    void longToken_goesInALineOfItsOwn() {
        SmtpSettings settings = SmtpSettings.builder()
                .token("ada", LONG_TOKEN)
                .mechanisms(SmtpMechanism.XOAUTH2)
                .build();
        Talk talk = new Talk(settings, SmtpFaultPlan.seeded(1), Credentials.bearer("ada", Tokens.fixed(LONG_TOKEN)));
        talk.login();

        assertTrue(talk.written().contains("AUTH XOAUTH2\r\n"));
    }

    @Test
    void startTls_stripped_sendsNoLogin() {
        SubmissionDialogue dialogue = dialogue(Security.STARTTLS);
        say(dialogue, "220 smtp.test\r\n");
        assertEquals("EHLO [127.0.0.1]\r\n", written(dialogue));
        MailException failure =
                assertThrows(MailException.class, () -> say(dialogue, "250-smtp.test\r\n250 AUTH PLAIN LOGIN\r\n"));

        assertEquals(Kind.NETWORK, failure.kind());
        assertFalse(failure.isRetryable());
        assertTrue(String.valueOf(failure.getMessage()).contains("STARTTLS"));
    }

    @Test
    void startTls_octetsBehindTheConsent_endTheConnection() {
        for (String injected : new String[] {"250 AUTH PLAIN\r\n", "2"}) {
            SubmissionDialogue dialogue = dialogue(Security.STARTTLS);
            say(dialogue, "220 smtp.test\r\n");
            written(dialogue);
            say(dialogue, "250-smtp.test\r\n250 STARTTLS\r\n");
            assertEquals("STARTTLS\r\n", written(dialogue));
            MailException failure = assertThrows(MailException.class, () -> say(dialogue, "220 go on\r\n" + injected));

            assertEquals(Kind.NETWORK, failure.kind());
            assertFalse(failure.isRetryable());
        }
    }

    @Test
    void startTls_capabilitiesFromBefore_areForgotten() {
        SubmissionDialogue dialogue = dialogue(Security.STARTTLS);
        say(dialogue, "220 smtp.test\r\n");
        written(dialogue);
        say(dialogue, "250-smtp.test\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n");
        written(dialogue);
        say(dialogue, "220 go on\r\n");
        assertInstanceOf(Step.Secure.class, dialogue.next());
        dialogue.secured();
        assertEquals("EHLO [127.0.0.1]\r\n", written(dialogue));
        MailException failure = assertThrows(MailException.class, () -> say(dialogue, "250 smtp.test\r\n"));

        assertEquals(Kind.AUTH, failure.kind());
    }

    @Test
    void pipelinedData_allowedThoughAllAreRefused_getsALoneEndMark() {
        SubmissionDialogue dialogue = dialogue(Security.NONE_LOOPBACK_ONLY);
        say(dialogue, "220 smtp.test\r\n");
        written(dialogue);
        say(dialogue, "250-smtp.test\r\n250 PIPELINING\r\n");
        dialogue.begin(Messages.to("bob@example.org"));
        assertEquals("MAIL FROM:<ada@example.com>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n", written(dialogue));
        say(dialogue, "250 ok\r\n550 no such user\r\n354 go on\r\n");
        assertEquals(".\r\n", written(dialogue));
        say(dialogue, "554 no valid recipients\r\n");
        MailException failure = assertThrows(MailException.class, dialogue::next);

        assertEquals("550", failure.providerCode().orElseThrow());
        assertFalse(failure.mayHaveTakenEffect());
        assertTrue(dialogue.isReusable());
        dialogue.begin(Messages.to("carl@example.org"));
        assertTrue(written(dialogue).startsWith("RSET\r\nMAIL FROM:"));
    }

    @Test
    void serverThatGivesUpAmidTheContent_isRefused() {
        SubmissionDialogue dialogue = dialogue(Security.NONE_LOOPBACK_ONLY);
        say(dialogue, "220 smtp.test\r\n");
        written(dialogue);
        say(dialogue, "250-smtp.test\r\n250 PIPELINING\r\n");
        dialogue.begin(Messages.to("bob@example.org"));
        written(dialogue);
        say(dialogue, "250 ok\r\n250 ok\r\n354 go on\r\n");
        assertInstanceOf(Step.Content.class, dialogue.next());
        MailException failure = assertThrows(MailException.class, () -> say(dialogue, "552 5.3.4 too large\r\n"));

        assertEquals(Kind.TOO_LARGE, failure.kind());
        assertFalse(failure.mayHaveTakenEffect());
        assertFalse(dialogue.isReusable());
    }

    private static Talk talk(SmtpMechanism mechanism, String password, String token) {
        SmtpSettings settings = SmtpSettings.builder()
                .user("ada", "secret")
                .token("ada", "token")
                .mechanisms(mechanism)
                .build();
        boolean bearer = mechanism == SmtpMechanism.XOAUTH2 || mechanism == SmtpMechanism.OAUTHBEARER;
        Credentials credentials =
                bearer ? Credentials.bearer("ada", Tokens.fixed(token)) : Credentials.password("ada", password);
        return new Talk(settings, SmtpFaultPlan.seeded(1), credentials);
    }

    private static SubmissionDialogue dialogue(Security security) {
        Refusal refusal = new Refusal(InstantSource.system());
        LoginSource login = new AccountLogin(
                Credentials.password("ada", "secret"), "smtp.test", 587, new Deadline(Long.MAX_VALUE, () -> 0));
        return new SubmissionDialogue(new LoginDialogue(security, "[127.0.0.1]", false, login, refusal), null, refusal);
    }

    private static void say(SubmissionDialogue dialogue, String octets) {
        assertInstanceOf(Step.class, dialogue.next());
        dialogue.received(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String written(SubmissionDialogue dialogue) {
        ByteBuffer octets = assertInstanceOf(Step.Write.class, dialogue.next()).octets();
        return StandardCharsets.ISO_8859_1.decode(octets).toString();
    }
}
