package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A session without sockets, whose other side is a script: {@code C:} lines are sent, {@code S:} lines must be all that came since, exactly,
 * or by their beginning if they end with {@code ...}. What is no answer stands in angle brackets: {@code <tls>}, {@code <close>},
 * {@code <cut>}, {@code <pause PT1S>}, {@code <stop>}, {@code <x 7 times>}.
 */
final class SmtpDialogue {
    final SmtpMailroom mailroom;
    final SmtpFaultPlan faults;
    final SmtpSession session;
    private final StringBuilder came = new StringBuilder();

    private SmtpDialogue(SmtpSettings settings, SmtpMailroom mailroom, SmtpFaultPlan faults) {
        this.mailroom = mailroom;
        this.faults = faults;
        this.session = new SmtpSession(settings, mailroom, faults);
    }

    /** Returns a dialogue that has not begun. */
    static SmtpDialogue with(Consumer<SmtpSettings.Builder> change) {
        SmtpSettings.Builder builder = SmtpSettings.builder();
        change.accept(builder);
        return new SmtpDialogue(builder.build(), new SmtpMailroom(), SmtpFaultPlan.seeded(1));
    }

    /** Returns a dialogue with a server for everybody, behind the answer to EHLO. */
    static SmtpDialogue greeted() {
        SmtpDialogue dialogue = with(settings -> {});
        dialogue.open(false).send("EHLO client.test\r\n");
        dialogue.answers();
        return dialogue;
    }

    /** Returns a dialogue in which one recipient has been accepted. */
    static SmtpDialogue addressed() {
        SmtpDialogue dialogue = greeted();
        dialogue.send("MAIL FROM:<ada@example.com>\r\nRCPT TO:<bob@example.com>\r\n");
        dialogue.answers();
        return dialogue;
    }

    SmtpDialogue open(boolean encrypted) {
        session.open(encrypted);
        return this;
    }

    SmtpDialogue fault(SmtpFault fault, SmtpTimes times) {
        faults.add(fault, times);
        return this;
    }

    SmtpDialogue send(String octets) {
        session.receive(octets.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Returns all that came since the last call. */
    String answers() {
        for (SmtpAction action = session.next(); action != null; action = session.next()) {
            came.append(text(action));
        }
        String text = came.toString();
        came.setLength(0);
        return text;
    }

    SmtpDialogue play(String script) {
        StringBuilder expected = new StringBuilder();
        for (String line : script.lines().toList()) {
            if (line.startsWith("C:")) {
                expect(expected);
                send(line.substring(Math.min(3, line.length())) + "\r\n");
            } else if (line.startsWith("S: ")) {
                expected.append(line.substring(3)).append('\n');
            } else {
                throw new IllegalArgumentException("script lines begin with C: or S:");
            }
        }
        expect(expected);
        return this;
    }

    private void expect(StringBuilder expected) {
        String[] wanted = expected.toString().split("\n", -1);
        String[] actual = answers().replace("\r\n", "\n").split("\n", -1);
        for (int i = 0; i < Math.min(wanted.length, actual.length); i++) {
            boolean open = wanted[i].endsWith("...");
            String beginning = open ? wanted[i].substring(0, wanted[i].length() - 3) : wanted[i];
            assertEquals(beginning, open && actual[i].startsWith(beginning) ? beginning : actual[i]);
        }
        assertEquals(wanted.length, actual.length, () -> String.join("|", actual));
        expected.setLength(0);
    }

    static String text(SmtpAction action) {
        if (action instanceof SmtpAction.Send send) {
            return send.octets();
        } else if (action instanceof SmtpAction.Repeat repeat) {
            return "<" + repeat.octets().strip() + " " + repeat.times() + " times>\n";
        } else if (action instanceof SmtpAction.Pause pause) {
            return "<pause " + pause.length() + ">\n";
        } else if (action instanceof SmtpAction.StartTls) {
            return "<tls>\n";
        } else if (action instanceof SmtpAction.StopReading) {
            return "<stop>\n";
        }
        return action instanceof SmtpAction.Close ? "<close>\n" : "<cut>\n";
    }
}
