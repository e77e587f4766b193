package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultDialogueTest {
    /** What a client sends, each when the one before is answered, and the stage whose occasion it is. */
    private static final List<Map.Entry<SmtpStage, String>> STEPS = List.of(
            Map.entry(SmtpStage.HELO, "HELO client.test\r\n"),
            Map.entry(SmtpStage.EHLO, "EHLO client.test\r\n"),
            Map.entry(SmtpStage.AUTH, "AUTH PLAIN AHUAcA==\r\n"),
            Map.entry(SmtpStage.RSET, "RSET\r\n"),
            Map.entry(SmtpStage.NOOP, "NOOP\r\n"),
            Map.entry(SmtpStage.MAIL, "MAIL FROM:<a@b.c>\r\n"),
            Map.entry(SmtpStage.RCPT, "RCPT TO:<d@e.f>\r\n"),
            Map.entry(SmtpStage.DATA, "DATA\r\n"),
            Map.entry(SmtpStage.END_OF_DATA, "hello\r\n.\r\n"),
            Map.entry(SmtpStage.MAIL, "MAIL FROM:<a@b.c>\r\n"),
            Map.entry(SmtpStage.RCPT, "RCPT TO:<d@e.f>\r\n"),
            Map.entry(SmtpStage.BDAT, "BDAT 3\r\nabc"),
            Map.entry(SmtpStage.ACCEPTED, "BDAT 0 LAST\r\n"),
            Map.entry(SmtpStage.STARTTLS, "STARTTLS\r\n"));

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(SmtpTrouble.answer(451, "4.3.0", "no"), "451 4.3.0 no\r\n"),
                Arguments.of(SmtpTrouble.answer(421, "", "bye"), "421 bye\r\n<close>\n"),
                Arguments.of(
                        new SmtpTrouble.Answer(550, "5.7.1", List.of("one", "two"), true),
                        "550-5.7.1 one\r\n550 5.7.1 two\r\n<close>\n"),
                Arguments.of(new SmtpTrouble.Cut(), "<cut>\n"),
                Arguments.of(new SmtpTrouble.Silence(), ""),
                Arguments.of(new SmtpTrouble.StopReading(), "<stop>\n"),
                Arguments.of(new SmtpTrouble.Garbage("\u00ff\0 hm"), "\u00ff\0 hm"),
                Arguments.of(new SmtpTrouble.EndlessLine(9), "250 <x 9 times>\n<close>\n"),
                Arguments.of(new SmtpTrouble.EndlessReply(8), "<250-and more 8 times>\n<close>\n"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void troubleInPlaceOfTheStep_happensAtEachStage(SmtpTrouble trouble, String expected) {
        for (Map.Entry<SmtpStage, String> step : STEPS) {
            SmtpFault fault = SmtpFault.at(step.getKey(), trouble);
            SmtpDialogue dialogue = dialogue().fault(fault, SmtpTimes.once());
            assertEquals(expected, playUntil(dialogue, fault), step.getKey()::toString);
        }
    }

    @Test
    void troubleBesideTheStep_leavesItDone() {
        for (Map.Entry<SmtpStage, String> step : STEPS) {
            String usual = usual(step.getKey());
            assertEquals(usual + "<close>\n", with(step.getKey(), new SmtpTrouble.AnswerThenClose()));
            assertEquals(usual, with(step.getKey(), new SmtpTrouble.OctetByOctet()));
            assertEquals("<pause PT3S>\n" + usual, with(step.getKey(), new SmtpTrouble.Delay(Duration.ofSeconds(3))));
        }
    }

    @Test
    void octetByOctet_isOneActionForEach() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        dialogue.fault(SmtpFault.at(SmtpStage.NOOP, new SmtpTrouble.OctetByOctet()), SmtpTimes.once());
        dialogue.send("NOOP\r\n");
        for (char octet : "250 2.0.0 here\r\n".toCharArray()) {
            assertEquals(new SmtpAction.Send(Character.toString(octet)), dialogue.session.next());
        }
    }

    @Test
    void greeting_goesWrongToo() {
        SmtpDialogue refusing = SmtpDialogue.with(settings -> {})
                .fault(SmtpFault.at(SmtpStage.GREETING, SmtpTrouble.answer(554, "", "go away")), SmtpTimes.once());
        refusing.open(false).play("""
                S: 554 go away
                C: EHLO c
                S: 503 5.5.1 only QUIT is left
                C: QUIT
                S: 221 2.0.0 smtp.test closes
                S: <close>
                """);
        SmtpDialogue silent = SmtpDialogue.with(settings -> {})
                .fault(SmtpFault.at(SmtpStage.GREETING, new SmtpTrouble.Silence()), SmtpTimes.once());
        silent.open(false).send("EHLO c\r\n");
        assertEquals("", silent.answers());
        silent.session.timedOut();
        assertEquals("<close>\n", silent.answers());
    }

    @ParameterizedTest
    @CsvSource({"0,true", "6,true", "9,true", "10,false", "99,false"})
    void cutInData_isExact(int octets, boolean cut) {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        dialogue.fault(SmtpFault.at(SmtpStage.CONTENT, new SmtpTrouble.CutAfter(octets)), SmtpTimes.once());
        dialogue.send("DATA\r\n").answers();
        assertEquals(
                cut ? "<cut>\n" : "250 2.0.0 accepted\r\n",
                dialogue.send("hello\r\n.\r\n").answers());
        assertEquals(cut ? 0 : 1, dialogue.mailroom.messages().size());
    }

    @Test
    void cutInChunks_countsAcrossThem() {
        SmtpDialogue dialogue = SmtpDialogue.addressed();
        dialogue.fault(SmtpFault.at(SmtpStage.CONTENT, new SmtpTrouble.CutAfter(5)), SmtpTimes.once());
        assertEquals(
                "250 2.0.0 3 octets received\r\n",
                dialogue.send("BDAT 3\r\nabc").answers());
        assertEquals("", dialogue.send("BDAT 4 LAST\r\nd").answers());
        assertEquals("<cut>\n", dialogue.send("efg").answers());
    }

    @Test
    void acceptThenCut_keepsTheMessage_andBeforeItDoesNot() {
        for (SmtpStage stage : List.of(SmtpStage.END_OF_DATA, SmtpStage.ACCEPTED)) {
            SmtpDialogue dialogue = SmtpDialogue.addressed();
            dialogue.fault(SmtpFault.at(stage, new SmtpTrouble.Cut()), SmtpTimes.once());
            dialogue.send("DATA\r\n").answers();
            assertEquals("<cut>\n", dialogue.send("hello\r\n.\r\n").answers());
            assertEquals(
                    stage == SmtpStage.ACCEPTED ? 1 : 0,
                    dialogue.mailroom.messages().size());
        }
    }

    @Test
    void recipient_isTheNthOfItsMessage() {
        SmtpDialogue dialogue = SmtpDialogue.greeted();
        SmtpFault second = SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(450, "4.7.1", "greylisted"))
                .recipient(2);
        dialogue.fault(second, SmtpTimes.always());
        for (int i = 0; i < 2; i++) {
            dialogue.play("""
                    C: MAIL FROM:<>
                    S: 250 2.1.0 sender ok
                    C: RCPT TO:<a@b.c>
                    S: 250 2.1.5 recipient ok
                    C: RCPT TO:<b@b.c>
                    S: 450 4.7.1 greylisted
                    C: RCPT TO:<c@b.c>
                    S: 250 2.1.5 recipient ok
                    C: RSET
                    S: 250 2.0.0 forgotten
                    """);
        }
        assertEquals(Map.of(second, 2L), dialogue.faults.acted());
    }

    @Test
    void times_areKept() {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(1);
        SmtpFault fault = SmtpFault.at(SmtpStage.NOOP, new SmtpTrouble.Cut());
        plan.add(fault, SmtpTimes.times(2).after(1));
        String happened = "";
        for (int i = 0; i < 5; i++) {
            happened += plan.take(SmtpStage.NOOP, 0) == null ? "-" : "x";
        }
        assertEquals("-xx--", happened);
    }

    @Test
    void probability_isDrawnFromTheSeed() {
        long first = occasions(1, 0.2);
        assertEquals(first, occasions(1, 0.2));
        assertTrue(first > 150 && first < 250, () -> "was " + first);
        assertEquals(1000, occasions(1, 1));
    }

    private static long occasions(long seed, double probability) {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(seed);
        plan.add(SmtpFault.acceptThenCut(), SmtpTimes.withProbability(probability));
        for (int i = 0; i < 1000; i++) {
            plan.take(SmtpStage.ACCEPTED, 0);
        }
        return plan.acted().get(SmtpFault.acceptThenCut());
    }

    @Test
    void text_isReadAsFaults() {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(1)
                .addAll("rcpt#2:450:2; accepted:cut:always;content:cut-within@1:1.0;mail:delay@250");
        assertEquals(null, plan.take(SmtpStage.RCPT, 1));
        assertEquals(
                new SmtpTrouble.Answer(450, "4.0.0", List.of("as the test wants"), false),
                plan.take(SmtpStage.RCPT, 2));
        assertEquals(new SmtpTrouble.CutAfter(0), plan.take(SmtpStage.CONTENT, 0));
        assertEquals(new SmtpTrouble.Delay(Duration.ofMillis(250)), plan.take(SmtpStage.MAIL, 0));
        assertEquals(null, plan.take(SmtpStage.MAIL, 0));
        assertEquals(new SmtpTrouble.Cut(), plan.take(SmtpStage.ACCEPTED, 0));
        for (String wrong :
                List.of("", "mail", "mail:explode", "mail:delay", "data:cut-after@1", "rcpt#x:450", "mail:99")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SmtpFaultPlan.seeded(1).addAll(wrong),
                    wrong);
        }
    }

    @ParameterizedTest
    @EnumSource(SmtpStage.class)
    void impossibleFaults_areRefused(SmtpStage stage) {
        SmtpTrouble wrong = stage == SmtpStage.CONTENT ? new SmtpTrouble.Cut() : new SmtpTrouble.CutAfter(1);
        assertThrows(IllegalArgumentException.class, () -> SmtpFault.at(stage, wrong));
        if (stage != SmtpStage.RCPT) {
            SmtpFault fault = SmtpFault.at(stage, new SmtpTrouble.Silence());
            assertThrows(IllegalArgumentException.class, () -> fault.recipient(1));
        }
    }

    private static SmtpDialogue dialogue() {
        return SmtpDialogue.with(settings -> settings.user("u", "p").startTls()).open(false);
    }

    private static String usual(SmtpStage stage) {
        SmtpDialogue dialogue = dialogue();
        for (Map.Entry<SmtpStage, String> step : STEPS) {
            dialogue.answers();
            dialogue.send(step.getValue());
            if (step.getKey() == stage) {
                return dialogue.answers();
            }
        }
        throw new IllegalArgumentException("no step of " + stage);
    }

    private static String with(SmtpStage stage, SmtpTrouble trouble) {
        SmtpFault fault = SmtpFault.at(stage, trouble);
        return playUntil(dialogue().fault(fault, SmtpTimes.once()), fault);
    }

    /** Returns what came when the fault happened. */
    private static String playUntil(SmtpDialogue dialogue, SmtpFault fault) {
        for (Map.Entry<SmtpStage, String> step : STEPS) {
            dialogue.answers();
            dialogue.send(step.getValue());
            if (dialogue.faults.acted().containsKey(fault)) {
                return dialogue.answers();
            }
        }
        throw new AssertionError("the fault did not happen");
    }
}
