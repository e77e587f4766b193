package dev.steadymail.cache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.PageToken;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values outlive the program that wrote them: where one of these changes, the version must too. */
class CodecFormatTest {
    @Test
    void anEmail() {
        BodyPart text = new BodyPart("1", "text/plain", "utf-8", null, null, null, 300, List.of());
        BodyPart image = new BodyPart("2", "image/png", null, "inline", "é.png", "c", -1, List.of());
        Email email = new Email(
                new EmailId("7"),
                null,
                null,
                Set.of(),
                Set.of(),
                Instant.ofEpochMilli(1_500),
                300,
                null,
                new BodyPart("", "multipart/related", null, null, null, null, -1, List.of(text, image)));
        assertHex(
                "0101880137" + "09f403" + "ac02" + "200502" + "1301" + "0131" + "01" + "ac02" + "4d16" + "0132"
                        + "06c3a92e706e67" + "0163",
                EmailCodec.encode(email, FetchLevel.STRUCTURE));
    }

    @Test
    void aState() {
        assertHex("0102" + "010149" + "0101", EmailCodec.encodeState(Set.of(new MailboxId("I")), Set.of(Keyword.SEEN)));
    }

    @Test
    void aList() {
        assertHex(
                "0103" + "026e" + "020131023132",
                ListCodec.encodeList(List.of(new EmailId("1"), new EmailId("12")), new PageToken("n")));
    }

    @Test
    void mailboxes() {
        Mailbox inbox = new Mailbox(new MailboxId("I"), List.of("In"), Role.INBOX, true);
        assertHex("0104" + "01" + "03" + "0149" + "0102496e", ListCodec.encodeMailboxes(List.of(inbox)));
    }

    @Test
    void halfASurrogatePair_isThreeOctets() {
        assertHex("0103" + "04eda080" + "00", ListCodec.encodeList(List.of(), new PageToken("\uD800")));
    }

    @Test
    void noWordIsKnownTwice_andAllFitAnOctet() {
        for (KnownWords words : List.of(KnownWords.TYPES, KnownWords.CHARSETS, KnownWords.KEYWORDS)) {
            assertEquals(words.all().size(), new HashSet<>(words.all()).size());
            assertEquals(0, words.all().size() / 256);
        }
    }

    private static void assertHex(String expected, byte[] octets) {
        assertEquals(expected, HexFormat.of().formatHex(octets));
    }
}
