package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How the client's octets are cut into pieces must not matter. */
class SplitInputTest {
    private static final int DIALOGUES = 1_000;

    private static final String USUAL = String.join(
            "",
            "EHLO client.test\r\nAUTH PLAIN AHUAcA==\r\nMAIL FROM:<a@b.c> BODY=8BITMIME\r\n",
            "RCPT TO:<d@e.f>\r\nDATA\r\nMessage-ID: <1@x>\r\n\r\n..one\r\n.two\r\na\r.\rb\n.\nc\r\n.\r\n",
            "MAIL FROM:<>\r\nRCPT TO:<d@e.f>\r\nBDAT 6\r\n\r\n.\r\n!BDAT 2 LAST\r\n\r\nNOOP\rNOOP\r\nQUIT\r\nNOOP\r\n");

    private static final List<String> PIECES = List.of(
            "EHLO c\r\n",
            "HELO c\r\n",
            "AUTH LOGIN\r\ndQ==\r\ncA==\r\n",
            "AUTH PLAIN\r\n*\r\n",
            "MAIL FROM:<a@b.c>\r\n",
            "MAIL FROM:<\u00e9@b.c> SMTPUTF8\r\n",
            "RCPT TO:<d@e.f>\r\n",
            "RCPT TO:<d@e.f>\r\n",
            "DATA\r\n",
            "Subject: x\r\n\r\n.y\r\n.\r\n",
            "\r\n.\r\n",
            "BDAT 5\r\n",
            "BDAT 0 LAST\r\n",
            "hello",
            "RSET\r\n",
            "NOOP\r\n",
            "STARTTLS\r\n",
            "\r",
            "\n",
            ".",
            "\u00ff",
            "x".repeat(1100));

    @Test
    void cutAnywhere_theUsualDialogueIsTheSame() {
        Outcome whole = play(USUAL, USUAL.length(), "");
        assertEquals(2, whole.messages().size());
        for (int cut = 1; cut < USUAL.length(); cut++) {
            assertEquals(whole, play(USUAL, cut, ""));
        }
        assertEquals(whole, play(USUAL, 1, ""));
    }

    @Test
    void generatedDialogues_areTheSameOctetByOctet_withFaultsToo() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        System.out.println("SplitInputTest: -Dsteadymail.seed=" + seed);
        RandomGenerator chance = new SplittableRandom(seed);
        int accepted = 0;
        for (int i = 0; i < DIALOGUES; i++) {
            String dialogue = generated(chance);
            String faults = i % 2 == 0
                    ? ""
                    : "content:cut-within@20:0.2; bdat:452:0.2; accepted:cut:0.1; rcpt:octet-by-octet:0.2";
            Outcome whole = play(dialogue, dialogue.length() * 3, faults);
            assertEquals(whole, play(dialogue, 1, faults), "seed " + seed + ", dialogue " + i);
            assertEquals(whole, play(dialogue, 1 + chance.nextInt(7), faults), "seed " + seed + ", dialogue " + i);
            accepted += whole.messages().size();
        }
        assertTrue(accepted > DIALOGUES / 20, "only " + accepted + " messages, seed " + seed);
    }

    private static String generated(RandomGenerator chance) {
        StringBuilder dialogue = new StringBuilder();
        if (chance.nextInt(4) > 0) {
            dialogue.append("EHLO c\r\nAUTH PLAIN AHUAcA==\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\n");
        }
        for (int i = chance.nextInt(12); i >= 0; i--) {
            dialogue.append(PIECES.get(chance.nextInt(PIECES.size())));
        }
        return dialogue.toString();
    }

    private static Outcome play(String dialogue, int step, String faults) {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(7);
        if (!faults.isEmpty()) {
            plan.addAll(faults);
        }
        SmtpMailroom room = new SmtpMailroom();
        SmtpSettings settings =
                SmtpSettings.builder().user("u", "p").startTls().sizeLimit(2000).build();
        SmtpSession session = new SmtpSession(settings, room, plan);
        session.open(false);
        StringBuilder answers = new StringBuilder();
        byte[] octets = dialogue.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < octets.length; at += step) {
            session.receive(octets, at, Math.min(octets.length, at + step));
            drain(session, answers);
        }
        return Outcome.of(answers, room);
    }

    private static void drain(SmtpSession session, StringBuilder answers) {
        for (SmtpAction action = session.next(); action != null; action = session.next()) {
            answers.append(SmtpDialogue.text(action));
        }
    }

    private record Outcome(
            String answers, List<String> messages, Map<SmtpViolation, Integer> violations, List<String> commands) {

        static Outcome of(StringBuilder answers, SmtpMailroom room) {
            Map<SmtpViolation, Integer> violations = new EnumMap<>(SmtpViolation.class);
            violations.putAll(room.violations());
            violations.remove(SmtpViolation.EARLY_INPUT);
            List<String> messages = room.messages().stream()
                    .map(each -> each.envelope() + " " + each.sha256())
                    .toList();
            return new Outcome(answers.toString(), messages, violations, room.commands());
        }
    }
}
