package dev.steadymail.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No string from outside ends a command or begins another: read as a server reads it, each command is one, and holds the string whole. */
class CommandInjectionTest {
    private static final int ROUNDS = 20_000;
    private static final String[] PIECES = {
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\"",
        "\\",
        "{",
        "}",
        "{3}",
        "{3+}",
        "~{3}",
        "{3}\r\n",
        "(",
        ")",
        " ",
        "*",
        "%",
        "[",
        "]",
        "a",
        "A1 LOGOUT",
        "NIL",
        "\u007f",
        "\u0001",
        "\u0085",
        "\u00fc",
        "\u00ff",
        "\u010d",
        "\u010a",
        "\u2028",
        "\uff02",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00"
    };
    private static final Pattern ANNOUNCED = Pattern.compile("\\{([0-9]+)(\\+?)\\}$");

    @Test
    void anyText_isOneArgumentOfOneCommand() {
        long seed = 20_261_128;
        Random random = new Random(seed);
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = text(random);
            taken += check(random, text, "seed " + seed + " round " + round) ? 1 : 0;
        }
        assertTrue(taken > ROUNDS / 10 && taken < ROUNDS, "so many were taken: " + taken);
    }

    private static boolean check(Random random, String text, String where) {
        CommandEncoder encoder = new CommandEncoder(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
        boolean mailbox = random.nextBoolean();
        Command command;
        try {
            Command begun = Command.named("SELECT");
            command = (mailbox ? begun.mailbox(text) : begun.text(text)).words("x");
        } catch (IllegalArgumentException refused) {
            return false;
        }
        String expected = mailbox ? text : MailboxName.encoded(text, true);
        assertEquals(List.of("A1 SELECT ", expected, " x"), read(Dialogue.sent(encoder, command)), where);
        return true;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return random.nextInt(20) == 0 ? text.toString().repeat(500) : text.toString();
    }

    /** Reads one command with one string, as RFC 3501 section 9 has it; fails where anything is left over. */
    private static List<String> read(String sent) {
        int end = sent.indexOf("\r\n");
        String line = sent.substring(0, end);
        assertTrue(line.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0));
        Matcher literal = ANNOUNCED.matcher(line);
        boolean announced = literal.find() && !line.contains("\"");
        if (!announced) {
            assertEquals(sent.length(), end + 2);
            return quoted(line);
        }
        int start = end + 2;
        if (literal.group(2).isEmpty()) {
            assertTrue(sent.startsWith("<go>", start));
            start += "<go>".length();
        }
        int size = Integer.parseInt(literal.group(1));
        String rest = sent.substring(start + size);
        assertEquals(rest.length() - 2, rest.indexOf("\r\n"));
        return List.of(
                line.substring(0, literal.start()),
                sent.substring(start, start + size),
                rest.substring(0, rest.length() - 2));
    }

    private static List<String> quoted(String line) {
        int open = line.indexOf('"');
        StringBuilder text = new StringBuilder();
        int at = open + 1;
        while (line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 1 : 0;
            text.append(line.charAt(at++));
        }
        return List.of(line.substring(0, open), text.toString(), line.substring(at + 1));
    }
}
