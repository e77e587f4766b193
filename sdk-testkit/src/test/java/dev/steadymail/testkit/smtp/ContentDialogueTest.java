package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDialogueTest {
    private static final String ACCEPTED = "250 2.0.0 accepted\r\n";

    /** What other servers took for the end of a message, with a second one behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\r.\r",
                "\n.\r\n",
                "\r\n.\n",
                "\r\n.\r",
                "\r.\r\n",
                "\n.\r",
                "\r.\n",
                "\r\n.\0\r\n",
                "\r\r\n.\r",
                "\r\n.\r\r\n",
                "\n\n.\r\n",
                "\r\n..\r\n",
                "\r\n. \r\n"
            })
    void falseEnd_endsNothing(String end) {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        String smuggled = "MAIL FROM:<evil@example.com>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\nSubject: two\r\n";
        dialogue.send("DATA\r\n").send("Subject: one\r\n\r\nhello" + end + smuggled + "\r\n.\r\n");
        assertEquals("354 go on, and end with CRLF.CRLF\r\n" + ACCEPTED, dialogue.answers());
        assertEquals(1, dialogue.mailroom.messages().size());
        String kept = latin1(dialogue.mailroom.messages().get(0));
        String unstuffed = end.startsWith("\r\n.") ? end.replaceFirst("\\.", "") : end.replace("\r\r\n.", "\r\r\n");
        assertEquals("Subject: one\r\n\r\nhello" + unstuffed + smuggled + "\r\n", kept);
    }

    @Test
    void oddOctets_areKeptAndCounted() {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        String content = "a\rb\nc\r\r\n" + "x".repeat(999) + "\r\n\u00e9\r\n";
        dialogue.send("DATA\r\n").send(content + ".\r\n");
        assertEquals(content, new String(dialogue.mailroom.messages().get(0).octets(), StandardCharsets.UTF_8));
        assertEquals(
                Map.of(
                        SmtpViolation.BARE_CR_IN_CONTENT, 2,
                        SmtpViolation.BARE_LF_IN_CONTENT, 1,
                        SmtpViolation.LONG_CONTENT_LINE, 1,
                        SmtpViolation.EIGHT_BIT_CONTENT, 1),
                dialogue.mailroom.violations());
    }

    @Test
    void longestLineAllowed_isNoViolation() {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        dialogue.send("DATA\r\n").send("x".repeat(998) + "\r\n.\r\n");
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @ParameterizedTest
    @CsvSource({"10,250", "11,552"})
    void sizeLimit_isExact(int octets, String code) {
        SmtpDialogue dialogue =
                SmtpDialogue.with(settings -> settings.sizeLimit(10)).open(false);
        dialogue.send("EHLO c\r\n")
                .send("MAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\n")
                .send("DATA\r\n")
                .answers();
        String came = dialogue.send("x".repeat(octets - 2) + "\r\n.\r\n").answers();
        assertTrue(came.startsWith(code), came);
        assertEquals(code.equals("250") ? 1 : 0, dialogue.mailroom.messages().size());
        assertEquals("250 2.0.0 here\r\n", dialogue.send("NOOP\r\n").answers());
    }

    @Test
    void chunks_areTakenAsTheyAre() {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        dialogue.send("BDAT 3\r\n.\r\nBDAT 0\r\nBDAT 5 LAST\r\nQUIT\nMAIL FROM:<>\r\n");
        assertEquals(
                "250 2.0.0 3 octets received\r\n250 2.0.0 0 octets received\r\n" + ACCEPTED + "250 2.1.0 sender ok\r\n",
                dialogue.answers());
        assertEquals(".\r\nQUIT\n", latin1(dialogue.mailroom.messages().get(0)));
    }

    @Test
    void lastChunk_mayBeEmpty() {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        dialogue.send("BDAT 4\r\nhi\r\n").send("bdat 0 last\r\n");
        assertEquals("250 2.0.0 4 octets received\r\n" + ACCEPTED, dialogue.answers());
    }

    @Test
    void chunksThatAreRefused_areReadAllTheSame() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        assertEquals(
                "503 5.5.1 MAIL first\r\n250 2.0.0 here\r\n",
                dialogue.send("BDAT 6 LAST\r\nRSET\r\nNOOP\r\n").answers());
    }

    @Test
    void chunksBehindARefusedOne_areRefusedToo() {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        dialogue.fault(SmtpFault.at(SmtpStage.BDAT, SmtpTrouble.answer(452, "4.3.1", "full")), SmtpTimes.once());
        assertEquals(
                "452 4.3.1 full\r\n503 5.5.1 the message was given up\r\n",
                dialogue.send("BDAT 1\r\naBDAT 1 LAST\r\nb").answers());
        assertEquals(List.of(), dialogue.mailroom.messages());
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @Test
    void dataAndRecipientsAmongChunks_areRefused() {
        SmtpDialogue.addressed().play("""
                C: BDAT 0
                S: 250 2.0.0 0 octets received
                C: DATA
                S: 503 5.5.1 this message takes BDAT only (RFC 3030)
                C: RCPT TO:<a@b.c>
                S: 503 5.5.1 too late for a recipient
                """);
    }

    @Test
    void chunksAboveTheLimit_endTheMessage() {
        SmtpDialogue dialogue =
                SmtpDialogue.with(settings -> settings.sizeLimit(3)).open(false);
        dialogue.send("EHLO c\r\n").send("MAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\n").answers();
        assertEquals(
                "250 2.0.0 3 octets received\r\n552 5.3.4 too large a message\r\n503 5.5.1 the message was given up\r\n",
                dialogue.send("BDAT 3\r\nabcBDAT 1\r\ndBDAT 0 LAST\r\n").answers());
    }

    @Test
    void binaryContent_isForChunksOnly_andNotLookedAt() {
        SmtpDialogue dialogue = SmtpDialogue.with(settings -> settings.with(SmtpExtension.BINARY_MIME))
                .open(false);
        dialogue.send("EHLO c\r\n")
                .send("MAIL FROM:<> BODY=BINARYMIME\r\nRCPT TO:<a@b.c>\r\n")
                .answers();
        assertEquals(
                "503 5.5.1 this message takes BDAT only (RFC 3030)\r\n",
                dialogue.send("DATA\r\n").answers());
        assertEquals(ACCEPTED, dialogue.send("BDAT 3 LAST\r\n\r\n\n").answers());
        assertEquals(Map.of(SmtpViolation.OUT_OF_ORDER, 1), dialogue.mailroom.violations());
    }

    @Test
    void fullMailroom_refusesWithoutLoss() {
        SmtpMailroom small = new SmtpMailroom(1, 100, message -> {});
        assertEquals(250, small.accept(message("a")).code());
        assertEquals(452, small.accept(message("b")).code());
        assertEquals(
                452,
                new SmtpMailroom(9, 2, message -> {}).accept(message("abc")).code());
        assertEquals(1, small.messages().size());
    }

    @Test
    void witnessThatThrows_refusesTheMessage() {
        SmtpMailroom room = new SmtpMailroom(message -> {
            throw new IllegalStateException("disk full");
        });
        assertEquals(451, room.accept(message("a")).code());
        assertEquals(List.of(), room.messages());
    }

    @Test
    void messageId_isThatOfTheHeader() {
        assertEquals("", message("Subject: x\r\n\r\nMessage-ID: <body@x>\r\n").messageId());
        assertEquals(
                "<a@x>",
                message("X-Message-ID: <no@x>\r\nMESSAGE-ID: <a@x>\r\n\r\n").messageId());
        assertEquals(
                "<a@x> b", message("Message-id :\r\n\t<a@x>\r\n b\r\nTo: c\r\n").messageId());
        assertEquals(
                "<a@x>",
                message("Message-ID:" + "\r\n ".repeat(100_000) + "<a@x>").messageId());
        assertEquals("", message("").messageId());
    }

    private static SmtpMessage message(String text) {
        SmtpEnvelope envelope = new SmtpEnvelope("", List.of(), -1, "7BIT", false, null, null, null, false);
        return new SmtpMessage(envelope, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String latin1(SmtpMessage message) {
        return new String(message.octets(), StandardCharsets.ISO_8859_1);
    }
}
