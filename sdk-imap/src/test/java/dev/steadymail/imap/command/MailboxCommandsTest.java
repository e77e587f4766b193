package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static dev.steadymail.imap.command.Dialogue.complete;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.imap.codec.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxCommandsTest {
    @Test
    void create_isSent_andTellsTheIdentity() {
        assertSends("CREATE \"a\"", CreateMailbox.named("a"));
        assertSends("CREATE \"a\" (USE (\\Drafts))", CreateMailbox.named("a").use("\\Drafts"));
        assertEquals(Optional.of("F2_-x"), complete(CreateMailbox.named("a"), "[MAILBOXID (F2_-x)] made"));
        assertEquals(Optional.empty(), complete(CreateMailbox.named("a"), "[MAILBOXID (no id)] made"));
        assertEquals(Optional.empty(), complete(CreateMailbox.named("a"), "made"));
        assertThrows(
                IllegalArgumentException.class,
                () -> CreateMailbox.named("a").use("\\A) (B").command());
    }

    @Test
    void others_areSent() {
        assertSends("RENAME \"a\" \"b c\"", new RenameMailbox("a", "b c"));
        assertSends("DELETE \"a\"", new DeleteMailbox("a"));
        assertSends("SUBSCRIBE \"a\"", new Subscribe("a"));
        assertSends("UNSUBSCRIBE \"a\"", new Unsubscribe("a"));
        assertEquals("done", complete(new DeleteMailbox("a"), "done").text());
    }

    @Test
    void quota_isSentAndRead() {
        assertSends("GETQUOTAROOT \"INBOX\"", new GetQuotaRoot("INBOX"));
        List<Response.Quota> quotas = answer(
                new GetQuotaRoot("INBOX"),
                "* QUOTAROOT INBOX \"\" other",
                "* QUOTA \"\" (STORAGE 10 512 MESSAGE 1 20)",
                "* QUOTA elsewhere (STORAGE 1 2)");
        assertEquals(1, quotas.size());
        assertEquals(512, quotas.get(0).resources().get("STORAGE").limit());
        assertEquals(List.of(), answer(new GetQuotaRoot("INBOX"), "* QUOTAROOT INBOX"));
        assertThrows(NoAnswerException.class, () -> answer(new GetQuotaRoot("INBOX")));
    }

    @ParameterizedTest
    @CsvSource({
        "INBOX,INBOX",
        "a&-b,a&b",
        "Entw&APw-rfe,Entw\u00fcrfe",
        "&ZeVnLIqe-,\u65e5\u672c\u8a9e",
        "&2D3eAA-,\ud83d\ude00",
        "&AOn/-x,&AOn/-x"
    })
    void names_areDecodedAndEncoded(String wire, String text) {
        assertEquals(text, MailboxName.decoded(wire));
        if (!wire.equals(text)) {
            assertEquals(wire, MailboxName.encoded(text, false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b", "&", "&AP-", "&A-", "&2D0-", "a&APw", "\u00fc"})
    void names_thatAreMalformed_stayAsTheyAre(String wire) {
        assertEquals(wire, MailboxName.decoded(wire));
    }

    @Test
    void names_inUtf8_haveACharacterForEachOctet() {
        assertEquals("\u00c3\u00bc&", MailboxName.encoded("\u00fc&", true));
        assertEquals("\u00fc&", MailboxName.decoded("\u00c3\u00bc&"));
    }
}
