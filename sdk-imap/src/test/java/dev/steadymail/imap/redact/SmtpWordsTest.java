package dev.steadymail.imap.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SmtpWordsTest {
    private static final String LETTERS = "bdghjkqvwxz123456789";
    private static final String[] COMMANDS = {
        "EHLO @",
        "MAIL FROM:<@@@> SIZE=12 BODY=8BITMIME @=@ AUTH=@ ENVID=@",
        "MAIL FROM:<\"@ > @\"@@> RET=@",
        "MAIL @",
        "MAIL FROM:<@",
        "MAIL FROM:<@>@ SIZE=1",
        "RCPT TO:<@> NOTIFY=NEVER,@ ORCPT=rfc822;@",
        "AUTH PLAIN @",
        "AUTH @ @",
        "BDAT 12 @",
        "@",
        "@ @",
        "NOOP @",
    };
    private static final String[] REPLIES = {
        "@", "2.1.0 @", "2.1.0 <@> @", "SIZE 12 @", "@ @", "AUTH PLAIN @", "PIPELINING @"
    };

    @Test
    void commands_keepVerbsAndSizes() {
        assertEquals(
                "MAIL FROM:<15> SIZE=308 BODY=8BITMIME", command("MAIL FROM:<ada@example.com> SIZE=308 BODY=8BITMIME"));
        assertEquals("AUTH PLAIN <secret>", command("AUTH PLAIN AGFkYQBzZWNyZXQ="));
        assertEquals("BDAT 12 LAST", command("BDAT 12 LAST"));
        assertEquals("QUIT", command("QUIT"));
    }

    @Test
    void replies_keepCodes_andWhatTheServerCan() {
        assertEquals("550 5.1.1 <12>", SmtpReplyWords.line(550, "5.1.1 no such user", false));
        assertEquals("334 <secret>", SmtpReplyWords.line(334, "cj1hYmM=", true));
        assertEquals("250 SIZE 1000", SmtpReplyWords.line(250, "SIZE 1000", true));
    }

    @Test
    void whatSomebodyWrote_isInNoLine() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 40_000; round++) {
            StringBuilder made = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                made.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            String canary = made.append("zq").toString();
            String command = COMMANDS[random.nextInt(COMMANDS.length)].replace("@", canary);
            String reply = REPLIES[random.nextInt(REPLIES.length)].replace("@", canary);
            String lines = command(command) + "\n" + SmtpReplyWords.line(250, reply, random.nextBoolean());
            assertFalse(lines.contains(canary), "seed " + seed + ": " + command + "\n" + reply + " gave " + lines);
        }
    }

    private static String command(String line) {
        return SmtpCommandWords.line(line);
    }
}
