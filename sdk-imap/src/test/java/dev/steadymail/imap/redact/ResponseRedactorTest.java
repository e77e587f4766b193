package dev.steadymail.imap.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseRedactorTest {
    /** Wherever a server puts what somebody wrote: {@code @} is that, in each form of a string. */
    private static final String[] PLACES = {
        "* LIST (\\HasChildren) \"/\" @",
        "* LSUB () NIL @",
        "* LIST (@ \\Noselect) @ @",
        "* STATUS @ (MESSAGES 3 UNSEEN 1)",
        "* QUOTAROOT @ @",
        "* QUOTA @ (STORAGE 1 2)",
        "* NAMESPACE ((@ \"/\")) NIL NIL",
        "* ID (\"name\" @)",
        "* FLAGS (\\Seen @)",
        "* OK [PERMANENTFLAGS (\\Seen @ \\*)] @",
        "* OK [ALERT] @ @",
        "* OK [@ @] @",
        "* BYE @ @",
        "A7 NO [AUTHENTICATIONFAILED] @ @",
        "A7 BAD @",
        "A7 OK [CAPABILITY IMAP4rev1 AUTH=@ X@] @",
        "* CAPABILITY IMAP4rev1 @ RIGHTS=@",
        "+ @",
        "* 12 FETCH (UID 7 FLAGS (\\Seen @) ENVELOPE (@ @ ((@ NIL @ @)) NIL NIL NIL NIL NIL @ @))",
        "* 12 FETCH (BODYSTRUCTURE (@ @ (@ @) @ NIL @ 12 1) UID 7)",
        "* 12 FETCH (BODY[HEADER.FIELDS (@)] @ X-GM-LABELS (@ @) X-GM-MSGID 12 INTERNALDATE @)",
        "* 12 FETCH (PREVIEW @ EMAILID (@) @ @ UID 8)",
        "* METADATA @ (@ @)",
        "* @ @ @",
        "@ @ @",
    };

    private static final String LETTERS = "bdghjkqvwxz";

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "* LIST (\\HasNoChildren) \"/\" 2024~* LIST (\\HasNoChildren) <1> <4>",
                "* LIST () \"/\" FETCH~* LIST () <1> <5>",
                "* STATUS 2024 (MESSAGES 3 UIDNEXT 9)~* STATUS <4> (MESSAGES 3 UIDNEXT 9)",
                "* 3 EXISTS~* 3 EXISTS",
                "* SEARCH 1 2 3~* SEARCH 1 2 3",
                "* ESEARCH (TAG \"A5\") UID ALL 1:3,7~* ESEARCH (TAG <2>) UID ALL 1:3,7",
                "* ESEARCH (TAG \"A5\" MAILBOX \"a) 123 b\") UID ALL 1~* ESEARCH (TAG <2> <29>",
                "A3 OK [READ-WRITE] Opened your post~A3 OK [READ-WRITE] <16>",
                "A4 OK [COPYUID 7 1:2 8:9] done~A4 OK [COPYUID 7 1:2 8:9] <4>",
                "* 1 FETCH (UID 7 FLAGS (\\Seen hidden $Junk) MODSEQ (12))~* 1 FETCH (UID 7 FLAGS (\\Seen <6> $Junk) MODSEQ (12))",
                "+ idling~+ <6>",
                "* OK [HIGHESTMODSEQ 1234567890123456789012]~* OK [HIGHESTMODSEQ <22>]",
            })
    void line_keepsTheProtocol_andNothingElse(String response, String expected) {
        assertEquals(expected, line(response, false));
    }

    @Test
    void challenge_ofALogin_hasNoLength() {
        assertEquals("+ <secret>", line("+ cj1hYmM=", true));
        assertEquals("+", line("+ ", true));
    }

    @Test
    void literal_isItsSize_whereItIsThereAndWhereItWasStreamed() {
        assertEquals("* LIST () <1> {6}", line("* LIST () \".\" {6}\r\nsecret", false));
        byte[] octets = "* 1 FETCH (BODY[] {600}\r\n UID 7)\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "* 1 FETCH (BODY[] {600} UID 7)",
                ResponseRedactor.line(octets, octets.length, at -> octets[at - 1] == '\n', false));
    }

    @Test
    void longSet_isCut_andCounted() {
        String line = line("* SEARCH " + "123456 ".repeat(5_000).strip(), false);
        assertTrue(line.length() <= 200, line);
        assertTrue(line.matches(".* \\+[0-9]{5}"), line);
    }

    @Test
    void whatSomebodyWrote_isInNoLine() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 40_000; round++) {
            String canary = canary(random);
            String place = PLACES[random.nextInt(PLACES.length)];
            StringBuilder response = new StringBuilder();
            for (int i = 0; i < place.length(); i++) {
                char c = place.charAt(i);
                response.append(c == '@' ? form(canary, place, random) : String.valueOf(c));
            }
            boolean secret = random.nextBoolean();
            String line = line(cut(response, random), secret);
            String told = "seed " + seed + ": " + response + " gave " + line;
            assertFalse(line.contains(canary), told);
            assertTrue(line.length() <= 200, told);
            KnownOnly.require(line);
        }
    }

    /** Now and then a response ends too early. */
    private static String cut(CharSequence response, Random random) {
        int end = random.nextInt(5) == 0 ? random.nextInt(response.length() + 1) : response.length();
        return response.subSequence(0, end).toString();
    }

    /** Digits alone count as well where a number has no business; twelve of them are in no other number here. */
    private static String canary(Random random) {
        StringBuilder canary = new StringBuilder();
        boolean digits = random.nextInt(3) == 0;
        int length = digits ? 12 : 3 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            canary.append(digits ? (char) ('1' + random.nextInt(9)) : LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return canary.toString();
    }

    private static String form(String canary, String place, Random random) {
        boolean anyForm = !place.startsWith("A7") && !place.contains("[") && !place.contains("FLAGS");
        return switch (anyForm ? random.nextInt(5) : 0) {
            case 1 -> "\"" + canary + "\"";
            case 2 -> "\"a \\\" (" + canary + " ) {3}\"";
            case 3 -> "{" + (canary.length() + 4) + "}\r\n(\" " + canary + " ";
            case 4 -> "~{" + canary.length() + "}\r\n" + canary;
            default -> canary;
        };
    }

    private static String line(String response, boolean secret) {
        byte[] octets = (response + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return ResponseRedactor.line(octets, octets.length, at -> false, secret);
    }
}
