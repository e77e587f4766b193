package dev.steadymail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Credentials;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.testkit.smtp.SmtpExtension;
import dev.steadymail.testkit.smtp.SmtpFault;
import dev.steadymail.testkit.smtp.SmtpFaultPlan;
import dev.steadymail.testkit.smtp.SmtpSettings;
import dev.steadymail.testkit.smtp.SmtpStage;
import dev.steadymail.testkit.smtp.SmtpTimes;
import dev.steadymail.testkit.smtp.SmtpTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stage answered with every kind of refusal, with silence and with what is no reply (P10). */
class StageFaultsTest {
    private static final List<SmtpStage> BEFORE_THE_END = List.of(
            SmtpStage.GREETING,
            SmtpStage.EHLO,
            SmtpStage.AUTH,
            SmtpStage.MAIL,
            SmtpStage.RCPT,
            SmtpStage.DATA,
            SmtpStage.BDAT);

    static Stream<Arguments> refusals() {
        List<Arguments> all = new ArrayList<>();
        List<SmtpStage> stages = new ArrayList<>(BEFORE_THE_END);
        stages.add(SmtpStage.END_OF_DATA);
        for (SmtpStage stage : stages) {
            for (int code : new int[] {421, 450, 452, 550, 552, 554}) {
                all.add(Arguments.of(stage, code));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void p10_refusal_isSurelyNotAccepted(SmtpStage stage, int code) {
        Talk talk = talk(stage, SmtpTrouble.answer(code, "", "bob@example.org is not liked"), SmtpTimes.always());
        MailException failure =
                assertThrows(MailException.class, () -> talk.login().send(Messages.large()));

        assertEquals(code < 500, failure.isRetryable(), failure::getMessage);
        assertEquals(false, failure.effect().orElseThrow());
        assertEquals(Integer.toString(code), failure.providerCode().orElseThrow());
        assertFalse(String.valueOf(failure.getMessage()).contains("bob"), failure::getMessage);
        assertEquals(List.of(), talk.mailroom.messages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "250 ok\n",
                "250\0ok\r\n",
                "99 ok\r\n",
                "250-ok\r\n251 ok\r\n"
            })
    void garbage_isProtocol_andUnclearOnlyAtTheEnd(String garbage) {
        for (SmtpStage stage : BEFORE_THE_END) {
            assertEquals(
                    false,
                    garbled(stage, new SmtpTrouble.Garbage(garbage)).effect().orElseThrow(),
                    stage.name());
        }
        assertTrue(
                garbled(SmtpStage.END_OF_DATA, new SmtpTrouble.Garbage(garbage)).mayHaveTakenEffect());
        assertTrue(garbled(SmtpStage.ACCEPTED, new SmtpTrouble.Garbage(garbage)).mayHaveTakenEffect());
    }

    @Test
    void endlessLinesAndReplies_areCutShort() {
        for (SmtpStage stage : List.of(SmtpStage.GREETING, SmtpStage.EHLO, SmtpStage.MAIL, SmtpStage.END_OF_DATA)) {
            boolean unclear = stage == SmtpStage.END_OF_DATA;
            assertEquals(
                    unclear,
                    garbled(stage, new SmtpTrouble.EndlessLine(Long.MAX_VALUE)).mayHaveTakenEffect());
            assertEquals(
                    unclear,
                    garbled(stage, new SmtpTrouble.EndlessReply(Long.MAX_VALUE)).mayHaveTakenEffect());
        }
    }

    @Test
    void silence_isATimeout_andUnclearOnlyAtTheEnd() {
        for (SmtpStage stage : BEFORE_THE_END) {
            MailException failure = failure(stage, new SmtpTrouble.Silence());
            assertEquals(Kind.TIMEOUT, failure.kind());
            assertTrue(failure.isRetryable());
            assertEquals(false, failure.effect().orElseThrow(), stage.name());
        }
        assertTrue(failure(SmtpStage.END_OF_DATA, new SmtpTrouble.Silence()).mayHaveTakenEffect());
    }

    @Test
    void p11_acceptedThenCut_isUnclear() {
        Talk talk = talk(SmtpStage.ACCEPTED, new SmtpTrouble.Cut(), SmtpTimes.once());
        MailException failure =
                assertThrows(MailException.class, () -> talk.login().send(Messages.to("bob@example.org")));

        assertTrue(failure.mayHaveTakenEffect());
        assertEquals(1, talk.mailroom.messages().size());
    }

    @Test
    void acceptedThenClosed_isSent() {
        Talk talk = talk(SmtpStage.ACCEPTED, new SmtpTrouble.AnswerThenClose(), SmtpTimes.once());
        assertEquals(List.of(), talk.login().send(Messages.to("bob@example.org")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void p10_someRecipientsRefused_messageGoesToTheRest(boolean pipelining) {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(1)
                .add(
                        SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(450, "4.7.1", "greylisted"))
                                .recipient(2),
                        SmtpTimes.once())
                .add(
                        SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(550, "5.1.1", "no such user"))
                                .recipient(3),
                        SmtpTimes.once());
        Talk talk = talk(plan, pipelining);
        List<RefusedRecipient> refused =
                talk.login().send(Messages.to("a@example.org", "b@example.org", "c@example.org", "d@example.org"));

        assertEquals(
                List.of("b@example.org", "c@example.org"),
                refused.stream().map(RefusedRecipient::address).toList());
        assertTrue(refused.get(0).cause().isRetryable());
        assertEquals(Kind.INVALID, refused.get(1).cause().kind());
        assertEquals("550 5.1.1", refused.get(1).cause().providerCode().orElseThrow());
        assertEquals(
                List.of("a@example.org", "d@example.org"),
                talk.mailroom.messages().get(0).envelope().addresses());
        assertEquals(List.of(), talk.send(Messages.to("b@example.org")));
        assertEquals(
                0,
                talk.mailroom.violationCount(),
                () -> talk.mailroom.violations().toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allRecipientsRefused_nothingIsSent_andTheConnectionServesOn(boolean pipelining) {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(1)
                .add(SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(550, "5.1.1", "no such user")), SmtpTimes.once())
                .add(SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(450, "4.2.0", "later")), SmtpTimes.once());
        Talk talk = talk(plan, pipelining).login();
        MailException failure =
                assertThrows(MailException.class, () -> talk.send(Messages.to("a@example.org", "b@example.org")));

        assertTrue(failure.isRetryable());
        assertEquals(false, failure.effect().orElseThrow());
        assertTrue(talk.isReusable());
        assertEquals(List.of(), talk.send(Messages.to("c@example.org")));
        assertEquals(1, talk.mailroom.messages().size());
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 450, 4.7.1, greylisted,                                  UNAVAILABLE,     true",
        "MAIL, 451, 4.7.0, temporary authentication failure,            UNAVAILABLE,     true",
        "MAIL, 421, 4.7.28, unusual rate of mail,                       THROTTLED,       true",
        "MAIL, 451, 4.7.500, Suggested Backoff Time: 178755 milliseconds, THROTTLED,     true",
        "MAIL, 432, 4.3.2, Concurrent connections limit exceeded,       CONCURRENCY,     true",
        "AUTH, 454, 4.7.0, Too many login attempts,                     THROTTLED,       true",
        "AUTH, 454, 4.7.0, try again,                                   UNAVAILABLE,     true",
        "AUTH, 535, 5.7.8, bad credentials,                             AUTH,            false",
        "AUTH, 535, '', bad credentials,                                AUTH,            false",
        "AUTH, 535, 5.7.139, basic authentication is disabled,          REAUTH_REQUIRED, false",
        "AUTH, 534, 5.7.9, application-specific password required,      REAUTH_REQUIRED, false",
        "AUTH, 538, 5.7.11, encryption required,                        FORBIDDEN,       false",
        "MAIL, 530, 5.7.0, must log in first,                           AUTH,            false",
        "MAIL, 550, 5.7.60, no permission to send as this sender,       FORBIDDEN,       false",
        "MAIL, 552, 5.3.4, too large,                                   TOO_LARGE,       false",
        "MAIL, 552, '', too large,                                      TOO_LARGE,       false",
        "MAIL, 550, 5.4.5, daily sending limit,                         THROTTLED,       false",
        "RCPT, 452, 4.5.3, too many recipients,                         UNAVAILABLE,     true",
        "RCPT, 452, 4.2.2, mailbox full,                                UNAVAILABLE,     true",
        "RCPT, 552, 5.2.2, mailbox full,                                TOO_LARGE,       false",
        "RCPT, 550, '', no such user,                                   INVALID,         false",
        "RCPT, 550, 5.1.1, no such user,                                INVALID,         false",
        "RCPT, 550, 5.7.1, relaying denied,                             FORBIDDEN,       false",
        "RCPT, 553, '', bad name,                                       INVALID,         false",
        "END_OF_DATA, 554, '', no,                                      FORBIDDEN,       false",
        "END_OF_DATA, 552, 5.7.0, content is a security risk,           FORBIDDEN,       false",
        "END_OF_DATA, 550, 5.6.3, conversion required,                  UNSUPPORTED,     false",
        "END_OF_DATA, 451, '', local error,                             UNAVAILABLE,     true",
        "MAIL, 500, '', what,                                           UNSUPPORTED,     false",
        "MAIL, 503, 5.5.1, bad sequence,                                PROTOCOL,        false"
    })
    void codes_areKinds(SmtpStage stage, int code, String enhanced, String text, Kind kind, boolean retryable) {
        MailException failure = failure(stage, SmtpTrouble.answer(code, enhanced, text));

        assertEquals(kind, failure.kind());
        assertEquals(retryable, failure.isRetryable());
        assertEquals(text.contains("Backoff"), failure.retryAt().isPresent());
        assertFalse(failure.mayHaveTakenEffect());
    }

    private static MailException garbled(SmtpStage stage, SmtpTrouble trouble) {
        MailException failure = failure(stage, trouble);
        assertEquals(Kind.PROTOCOL, failure.kind());
        assertFalse(failure.isRetryable());
        return failure;
    }

    private static MailException failure(SmtpStage stage, SmtpTrouble trouble) {
        Talk talk = talk(stage, trouble, SmtpTimes.always());
        return assertThrows(MailException.class, () -> talk.login().send(Messages.large()), stage.name());
    }

    private static Talk talk(SmtpStage stage, SmtpTrouble trouble, SmtpTimes times) {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(1).add(SmtpFault.at(stage, trouble), times);
        SmtpSettings.Builder settings = SmtpSettings.builder().user("ada", "secret");
        if (stage == SmtpStage.DATA) {
            settings.without(SmtpExtension.CHUNKING);
        }
        return new Talk(settings.build(), plan, Credentials.password("ada", "secret"));
    }

    private static Talk talk(SmtpFaultPlan plan, boolean pipelining) {
        SmtpSettings.Builder settings =
                SmtpSettings.builder().user("ada", "secret").without(SmtpExtension.CHUNKING);
        if (!pipelining) {
            settings.without(SmtpExtension.PIPELINING);
        }
        return new Talk(settings.build(), plan, Credentials.password("ada", "secret"));
    }
}
