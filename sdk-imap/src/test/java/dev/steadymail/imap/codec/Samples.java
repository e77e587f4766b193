package dev.steadymail.imap.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Responses of all kinds, with literals in odd places. */
final class Samples {
    static final List<byte[]> ALL = List.of(
            octets("* OK [CAPABILITY IMAP4rev1] hi {3}\n+ \n+ idling\nA1 OK [READ-WRITE] done\n"),
            octets("* 1 FETCH (UID 4 BODY[] {12}\nab)\n* OK \nc)\nA OK x\n"),
            octets(
                    "* 1 FETCH (UID 4 ENVELOPE ({4}\ndate \"s\" NIL NIL NIL NIL NIL NIL NIL {0}\n) BODY[1] {0}\n FLAGS (a b))\n"),
            octets(
                    "* 1 FETCH (BODY[HEADER.FIELDS (A B)] {6}\nA: b\n\n BINARY[2] ~{2}\nxy BODY[3] \"q\\\"\\\\\")\n* 2 EXISTS\n"),
            octets("* LIST (\\A \\B) \"/\" {5}\na {3}\n* LIST () NIL \"x {3}\"\n* SEARCH 1 2 3\n* 3 EXPUNGE\n"),
            octets("* VANISHED (EARLIER) 1:9,12\n* ESEARCH (TAG \"x\") UID ALL 1,2\n* STATUS \"a b\" (MESSAGES 1)\n"),
            octets(
                    "* 1 FETCH (BODYSTRUCTURE ((\"a\" \"b\" NIL NIL NIL \"7bit\" 1 1) \"mixed\")\n* GARBAGE ((\n* 1 FETCH (UID\n"),
            octets("\n* \n*\n{5}\n* 99999999999999999999 EXISTS\n* 1 FETCH (BODY[ {2}\nxx) \"\n* BYE \u00fc\n"));

    private Samples() {}

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n")
                .replace("12}\r\nab)\r\n* OK \r\nc)", "14}\r\nab)\r\n* OK \r\nc)")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
