package dev.steadymail.imap.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodedWordsTest {
    private static final List<String> PIECES = List.of(
            "=?utf-8?Q?caf=C3=A9?=",
            "=?UTF-8?b?w6k=?=",
            "=?iso-8859-1?q?=e9_=E9?=",
            "=?us-ascii?Q?a=FF?=",
            "=?gb2312?B?xOO6ww==?=",
            "=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=",
            "=?utf-8?Q??=",
            "=?utf-8?B?w6?=",
            "=?utf-8?Q?=C3?=",
            "=?utf-8?Q?=ZZ=4?=",
            "=?utf-8*en?Q?lang?=",
            "=?utf-8?X?a?=",
            "=?utf-8?Q?a?=b",
            "a=?utf-8?Q?a?=",
            "=?utf-8?Q?a?b?=",
            "=?utf-8?Q?\u00e9?=",
            "=?",
            "=??=",
            "=?utf-8?Q?=",
            "word",
            "\u20ac",
            " ",
            " ",
            "  ",
            "\t");

    @Test
    void wordsOfTheGrammar() {
        assertEquals(
                "caf\u00e9 au lait",
                EncodedWords.decode("=?utf-8?Q?caf=C3=A9?= au =?utf-8?B?bGFp?=  =?utf-8?B?dA==?="));
        assertEquals(" a\u00e9 b ", EncodedWords.decode(" =?iso-8859-1?q?a=e9?= b "));
        assertNull(EncodedWords.decode("=?utf-8?Q?a b?="));
        assertNull(EncodedWords.decode("=?no-such?Q?a?="));
    }

    @Test
    void randomTexts_areDecodedAsMimeUtilityDecodesThem() throws UnsupportedEncodingException {
        Random random = new Random(2047);
        String signs = "=?_ QBqb-8Aa0\u00e9";
        int decoded = 0;
        for (int i = 0; i < 6_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
                text.append(random.nextBoolean() ? " " : "");
            }
            if (i % 2 == 0) {
                text.setCharAt(random.nextInt(text.length()), signs.charAt(random.nextInt(signs.length())));
            }
            String own = EncodedWords.decode(text.toString());
            if (own != null) {
                assertEquals(MimeUtility.decodeText(text.toString()), own, text::toString);
                decoded++;
            }
        }
        assertTrue(decoded > 1_000, decoded + " texts");
    }
}
