package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandDialogueTest {

    @Test
    void message_isAcceptedWithItsEnvelope() {
        SmtpDialogue dialogue = SmtpDialogue.with(settings -> settings.sizeLimit(1000))
                .open(false)
                .play("""
                S: 220 smtp.test ESMTP ready
                C: EHLO [127.0.0.1]
                S: 250-smtp.test
                S: 250-PIPELINING
                S: 250-SIZE 1000
                S: 250-8BITMIME
                S: 250-ENHANCEDSTATUSCODES
                S: 250-DSN
                S: 250-CHUNKING
                S: 250 SMTPUTF8
                C: MAIL FROM:<ada@example.com> SIZE=20 BODY=8BITMIME RET=hdrs ENVID=a+2Bb
                S: 250 2.1.0 sender ok
                C: RCPT TO:<bob@example.com> NOTIFY=SUCCESS,failure ORCPT=rfc822;bob@example.com
                S: 250 2.1.5 recipient ok
                C: rcpt to:<"odd @ one"@[IPv6:::1]>
                S: 250 2.1.5 recipient ok
                C: DATA
                S: 354 go on, and end with CRLF.CRLF
                C: message-ID:
                C:  <1@example.com>
                C:
                C: ..dot
                C: .
                S: 250 2.0.0 accepted
                C: QUIT
                S: 221 2.0.0 smtp.test closes
                S: <close>
                """);
        SmtpMessage message = dialogue.mailroom.messages().get(0);
        assertEquals(
                "message-ID:\r\n <1@example.com>\r\n\r\n.dot\r\n",
                new String(message.octets(), StandardCharsets.UTF_8));
        assertEquals("<1@example.com>", message.messageId());
        assertEquals(Map.of("<1@example.com>", 1), dialogue.mailroom.countsByMessageId());
        SmtpEnvelope envelope = message.envelope();
        assertEquals("ada@example.com", envelope.sender());
        assertEquals(
                List.of(
                        new SmtpRecipient("bob@example.com", Set.of("SUCCESS", "FAILURE"), "rfc822;bob@example.com"),
                        new SmtpRecipient("\"odd @ one\"@[IPv6:::1]", Set.of(), null)),
                envelope.recipients());
        assertEquals(
                "8BITMIME HDRS a+2Bb 20",
                envelope.body() + " " + envelope.returned() + " " + envelope.envelopeId() + " "
                        + envelope.declaredSize());
        assertNull(envelope.user());
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL FROM: <a@b.c>|501 5.1.7",
                "MAIL FROM:a@b.c|501 5.1.7",
                "MAIL FROM:<a@b..c>|501 5.1.7",
                "MAIL FROM:<a b@c.d>|501 5.1.7",
                "MAIL FROM:<Postmaster>|501 5.1.7",
                "MAIL FROM:<a@b.c>SIZE=1|501 5.5.4",
                "MAIL FROM:<a@b.c>  SIZE=1|501 5.5.4",
                "MAIL FROM:<a@b.c> SIZE=x|501 5.5.4",
                "MAIL FROM:<a@b.c> SIZE=1 size=2|501 5.5.4",
                "MAIL FROM:<a@b.c> BODY=BINARYMIME|501 5.5.4",
                "MAIL FROM:<a@b.c> ENVID=a+b|501 5.5.4",
                "MAIL FROM:<a@b.c> SMTPUTF8=yes|501 5.5.4",
                "MAIL FROM:<a@b.c> AUTH=<>|555 5.5.4",
                "MAIL FROM:<a@b.c> MT-PRIORITY=3|555 5.5.4",
                "MAIL FROM:<é@b.c>|553 5.6.7",
                "MAIL|501 5.1.7",
                "EHLO|501 5.5.4",
                "EHLO two words|501 5.5.4",
                "DATA now|501 5.5.4",
                "RSET all|501 5.5.4",
                "BDAT|501 5.5.4",
                "VRFY|501 5.5.4",
                "STARTTLS|502 5.5.1",
                "AUTH PLAIN|502 5.5.1",
                "FEED me|500 5.5.1",
                "'NOOP '|501 5.5.4",
                "NO\u0001OP|500 5.5.2",
            },
            quoteCharacter = '\'')
    void wrongCommand_isRefusedAndCounted(String command, String answer) {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        String came = dialogue.send(command + "\r\n").answers();
        assertEquals(answer, came.substring(0, Math.min(came.length(), answer.length())), came);
        assertEquals(1, dialogue.mailroom.violationCount());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL FROM:<>|250 2.1.0",
                "MAIL FROM:<@relay.example,@two.example:a@b.c>|250 2.1.0",
                "MAIL FROM:<é@bücher.example> SMTPUTF8|250 2.1.0",
                "MAIL FROM:<a@b.c> SIZE=36700161|552 5.3.4",
                "NOOP whatever|250 2.0.0",
                "RSET|250 2.0.0",
                "VRFY bob|252 2.5.2",
                "HELP|214 2.0.0",
                "EXPN list|502 5.5.1",
            })
    void command_isAnswered(String command, String answer) {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        String came = dialogue.send(command + "\r\n").answers();
        assertEquals(answer, came.substring(0, Math.min(came.length(), answer.length())), came);
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @Test
    void commandsOutOfOrder_areRefusedAndCounted() {
        SmtpDialogue dialogue = SmtpDialogue.with(settings -> {}).open(false).play("""
                S: 220 smtp.test ESMTP ready
                C: MAIL FROM:<a@b.c>
                S: 503 5.5.1 EHLO first
                C: HELO client.test
                S: 250 smtp.test
                C: RCPT TO:<a@b.c>
                S: 503 5.5.1 MAIL first
                C: DATA
                S: 503 5.5.1 MAIL first
                C: MAIL FROM:<a@b.c> SIZE=1
                S: 555 5.5.4 a parameter that was not announced
                C: MAIL FROM:<a@b.c>
                S: 250 2.1.0 sender ok
                C: MAIL FROM:<a@b.c>
                S: 503 5.5.1 there is a sender already
                C: DATA
                S: 503 5.5.1 RCPT first
                """);
        assertEquals(Map.of(SmtpViolation.OUT_OF_ORDER, 5, SmtpViolation.SYNTAX, 1), dialogue.mailroom.violations());
    }

    @Test
    void withoutExtensions_nothingIsAnnouncedNorCoded() {
        SmtpDialogue.with(settings -> settings.without(SmtpExtension.values()))
                .open(false)
                .play("""
                S: 220 smtp.test ESMTP ready
                C: EHLO client.test
                S: 250 smtp.test
                C: MAIL FROM:<a@b.c> BODY=8BITMIME
                S: 555 a parameter that was not announced
                C: MAIL FROM:<a@b.c>
                S: 250 sender ok
                C: RCPT TO:<postmaster>
                S: 250 recipient ok
                C: BDAT 0 LAST
                S: 502 there is no BDAT here
                """);
    }

    @Test
    void recipients_areLimited() {
        SmtpDialogue dialogue =
                SmtpDialogue.with(settings -> settings.recipientLimit(1)).open(false);
        dialogue.send("EHLO c\r\nMAIL FROM:<>\r\n").answers();
        dialogue.play("""
                C: RCPT TO:<a@b.c>
                S: 250 2.1.5 recipient ok
                C: RCPT TO:<a@b.c>
                S: 452 4.5.3 too many recipients
                """);
    }

    @Test
    void badLines_areRefusedAndCounted() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        assertEquals(
                "500 5.5.2 a CR without LF\r\n", dialogue.send("NOOP\rQUIT\r\n").answers());
        assertEquals(
                "500 5.5.2 the line is too long\r\n",
                dialogue.send("NOOP " + "x".repeat(3000) + "\r\n").answers());
        assertEquals(
                "500 5.5.2 the line is too long\r\n",
                dialogue.send("AUTH " + "x".repeat(99_000) + "\r\n").answers());
        assertEquals(
                "500 5.5.2 a line ends with CRLF, not with LF\r\n<close>\n",
                dialogue.send("MAIL FROM:<a@b.c>\nRCPT TO:<d@e.f>\r\n").answers());
        assertEquals("", dialogue.send("NOOP\r\n").answers());
        assertEquals(
                Map.of(SmtpViolation.BARE_CR, 1, SmtpViolation.LONG_LINE, 2, SmtpViolation.BARE_LF, 1),
                dialogue.mailroom.violations());
    }

    @Test
    void groups_areAnsweredInOrder_andRefusedOnesAreNoViolation() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        dialogue.fault(SmtpFault.at(SmtpStage.MAIL, SmtpTrouble.answer(451, "4.7.1", "later")), SmtpTimes.once());
        String group = "MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n";
        assertEquals(
                "451 4.7.1 later\r\n503 5.5.1 the message was given up\r\n503 5.5.1 the message was given up\r\n",
                dialogue.send(group).answers());
        assertEquals(
                "250 2.1.0 sender ok\r\n250 2.1.5 recipient ok\r\n354 go on, and end with CRLF.CRLF\r\n",
                dialogue.send("RSET\r\n").answers().isEmpty()
                        ? ""
                        : dialogue.send(group).answers());
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @Test
    void groupWithoutAcceptedRecipients_has554ForData() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        dialogue.fault(SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(550, "5.1.1", "unknown")), SmtpTimes.always());
        assertEquals(
                "250 2.1.0 sender ok\r\n550 5.1.1 unknown\r\n554 5.5.1 no valid recipients\r\n",
                dialogue.send("MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n")
                        .answers());
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @Test
    void octetsBehindWhatMustBeAwaited_areCounted() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        dialogue.send("EHLO c\r\nNOOP\r\n").answers();
        assertEquals(Map.of(SmtpViolation.EARLY_INPUT, 1), dialogue.mailroom.violations());
        SmtpDialogue strict = SmtpDialogue.with(settings -> settings.without(SmtpExtension.PIPELINING))
                .open(false);
        strict.send("EHLO c\r\n").send("MAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\n").answers();
        assertEquals(Map.of(SmtpViolation.EARLY_INPUT, 1), strict.mailroom.violations());
    }

    @Test
    void log_hasCommandsWithoutSecrets() {
        SmtpDialogue dialogue =
                SmtpDialogue.with(settings -> settings.user("u", "p")).open(false);
        dialogue.send("EHLO c\r\n")
                .send("AUTH PLAIN AHUAcA==\r\n")
                .send("auth login\r\n")
                .send("NOOP\r\n");
        assertEquals(List.of("EHLO c", "AUTH PLAIN <redacted>", "AUTH login", "NOOP"), dialogue.mailroom.commands());
    }

    @Test
    void silence_endsWith421() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        dialogue.session.timedOut();
        assertEquals("421 4.4.2 silent for too long\r\n<close>\n", dialogue.answers());
    }
}
