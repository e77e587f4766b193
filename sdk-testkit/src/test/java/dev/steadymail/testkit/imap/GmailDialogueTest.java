package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gmail's extension X-GM-EXT-1. */
class GmailDialogueTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-01T12:00:00Z");

    private final ImapTestServer server = Messages.serverWith(ImapCapability.X_GM_EXT_1);
    private final ImapTestAccount account = server.account(Messages.USER);

    @AfterEach
    void closeServer() {
        server.close();
    }

    private void deliver(GmailAttributes attributes) {
        byte[] raw = "Subject: hi\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        long unused = account.append("Archive", raw, List.of(), NOON, attributes);
    }

    @Test
    void attributes_areToldAndSearched_andCopiesShareThem() throws IOException {
        deliver(GmailAttributes.of("f9a4c00000010001", "19a4c00000000001", List.of("\\Inbox", "Work space")));
        deliver(new GmailAttributes(5, 5, List.of()));
        try (ImapDialogue client = ImapDialogue.selected(server, "Archive")) {
            client.play("""
                    C: a UID FETCH 1:* (UID X-GM-MSGID X-GM-THRID X-GM-LABELS)
                    S: * 1 FETCH (UID 1 X-GM-MSGID 17988713917857202177 X-GM-THRID 1847812853361278977 X-GM-LABELS ("\\\\Inbox" "Work space"))
                    S: * 2 FETCH (UID 2 X-GM-MSGID 5 X-GM-THRID 5 X-GM-LABELS ())
                    S: a OK FETCH done
                    C: b UID SEARCH X-GM-MSGID 17988713917857202177
                    S: * SEARCH 1
                    S: b OK SEARCH done
                    C: c UID SEARCH X-GM-THRID 5
                    S: * SEARCH 2
                    S: c OK SEARCH done
                    C: d COPY 1 Archive
                    S: * 3 EXISTS
                    S: * 0 RECENT
                    S: d OK [COPYUID ...
                    C: e UID SEARCH X-GM-MSGID 17988713917857202177
                    S: * SEARCH 1 3
                    S: e OK SEARCH done
                    """);
        }
    }

    @Test
    void withoutTheExtension_itsWordsAreUnknown() throws IOException {
        try (ImapTestServer plain = Messages.serverWith();
                ImapDialogue client = ImapDialogue.selected(plain, "INBOX")) {
            client.play("""
                    C: a FETCH 1 X-GM-MSGID
                    S: a BAD this server has no X-GM-EXT-1
                    C: b SEARCH X-GM-THRID 5
                    S: b BAD this server has no X-GM-EXT-1
                    """);
        }
    }
}
