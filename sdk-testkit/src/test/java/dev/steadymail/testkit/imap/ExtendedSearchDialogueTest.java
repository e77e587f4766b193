package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SEARCH RETURN, RFC 4731. The messages have UIDs 1, 3, 4 and 5; the first changed last. */
class ExtendedSearchDialogueTest {

    private final ImapTestServer server = Messages.server();

    @BeforeEach
    void fillInbox() {
        Messages.fill(server, "INBOX", 5);
        server.account(Messages.USER).expunge("INBOX", 2);
        server.account(Messages.USER).setFlags("INBOX", 1, List.of("\\Seen"));
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private void play(String script) throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play(script);
        }
    }

    @Test
    void emptyReturn_meansAll() throws IOException {
        play("""
                C: a UID SEARCH RETURN () ALL
                S: * ESEARCH (TAG "a") UID ALL 1,3:5
                S: a OK SEARCH done
                C: b SEARCH return () UNSEEN
                S: * ESEARCH (TAG "b") ALL 2:4
                S: b OK SEARCH done
                """);
    }

    @Test
    void emptyResult_omitsAllMinAndMax_andKeepsCount() throws IOException {
        play("""
                C: a UID SEARCH RETURN () DRAFT
                S: * ESEARCH (TAG "a") UID
                S: a OK SEARCH done
                C: b SEARCH RETURN (MIN MAX ALL) DRAFT
                S: * ESEARCH (TAG "b")
                S: b OK SEARCH done
                C: c SEARCH RETURN (MIN COUNT) DRAFT MODSEQ 1
                S: * OK [HIGHESTMODSEQ 8] modification sequences are on
                S: * ESEARCH (TAG "c") COUNT 0
                S: c OK SEARCH done
                """);
    }

    @Test
    void tag_isRepeatedAsAString_andOptionsOnce() throws IOException {
        play("""
                C: A.1'x UID SEARCH RETURN (COUNT MAX COUNT) CHARSET UTF-8 1:2
                S: * ESEARCH (TAG "A.1'x") UID COUNT 2 MAX 3
                S: A.1'x OK SEARCH done
                """);
    }

    @Test
    void modSeq_isThatOfTheMessagesTold() throws IOException {
        play("""
                C: a UID SEARCH RETURN (ALL) MODSEQ 1
                S: * OK [HIGHESTMODSEQ 8] modification sequences are on
                S: * ESEARCH (TAG "a") UID ALL 1,3:5 MODSEQ 8
                S: a OK SEARCH done
                C: b UID SEARCH RETURN (MIN) MODSEQ 1 UID 3:5
                S: * ESEARCH (TAG "b") UID MIN 3 MODSEQ 4
                S: b OK SEARCH done
                C: c UID SEARCH RETURN (MAX) MODSEQ 1
                S: * ESEARCH (TAG "c") UID MAX 5 MODSEQ 6
                S: c OK SEARCH done
                C: d UID SEARCH RETURN (MIN MAX) MODSEQ 1
                S: * ESEARCH (TAG "d") UID MIN 1 MAX 5 MODSEQ 8
                S: d OK SEARCH done
                C: e UID SEARCH RETURN (MAX COUNT) MODSEQ 1
                S: * ESEARCH (TAG "e") UID MAX 5 COUNT 4 MODSEQ 8
                S: e OK SEARCH done
                C: f UID SEARCH RETURN (ALL) UID 1
                S: * ESEARCH (TAG "f") UID ALL 1
                S: f OK SEARCH done
                """);
    }

    @Test
    void malformedReturn_isBad() throws IOException {
        play("""
                C: a SEARCH RETURN ALL
                S: a BAD expected '(' at octet 16
                C: b SEARCH RETURN (ALL ALL
                S: b BAD expected ')' at octet 24
                C: c SEARCH RETURN (MIN)
                S: c BAD expected ' ' at octet 21
                C: d SEARCH RETURN (MIN) RETURN (MAX) ALL
                S: d BAD unknown search key
                C: e SEARCH RETURN (PARTIAL 1:10) ALL
                S: e BAD ...
                C: f SEARCH RETURN (SAVE) ALL
                S: f BAD RETURN knows ALL, COUNT, MIN and MAX
                """);
    }

    @Test
    void bySequenceNumber_tellsNoExpunge_butByUidDoes() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            server.account(Messages.USER).expunge("INBOX", 3);
            client.play("""
                    C: a SEARCH RETURN (ALL) ALL
                    S: * ESEARCH (TAG "a") ALL 1,3:4
                    S: a OK SEARCH done
                    C: b UID SEARCH RETURN (ALL) ALL
                    S: * ESEARCH (TAG "b") UID ALL 1,4:5
                    S: * 2 EXPUNGE
                    S: b OK SEARCH done
                    C: c SEARCH RETURN (ALL) ALL
                    S: * ESEARCH (TAG "c") ALL 1:3
                    S: c OK SEARCH done
                    """);
        }
    }
}
