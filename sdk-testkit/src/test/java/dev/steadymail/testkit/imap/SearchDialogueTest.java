package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchDialogueTest {

    private final ImapTestServer server = Messages.server();

    @BeforeEach
    void fillInbox() {
        add("2024-03-05T23:30:00-05:00", "\\Seen", """
                Date: Mon, 4 Mar 2024 10:00:00 +0000 (UTC)
                From: Ada <ada@example.com>
                To: bob@example.org
                Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IQ==?=

                The first body
                """);
        add("2024-03-07T00:00:00Z", "$Work", """
                Date: nonsense
                From: carl@example.net
                Cc: dora@example.net
                Subject: plain
                X-Kind: special
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                VsOkdGVy
                """);
        add("2024-03-09T00:00:00Z", "\\Deleted", "Subject: third\n\n" + "x".repeat(2000) + "\n");
        server.account(Messages.USER).append("INBOX", Messages.crlf("A: b\n\n"), List.of(), Messages.DATE);
        server.account(Messages.USER).expunge("INBOX", 4);
        add("2024-03-10T00:00:00Z", "\\Flagged", "Subject: fifth\nBcc: eve@example.com\n\nend\n");
    }

    private void add(String date, String flag, String text) {
        server.account(Messages.USER).append("INBOX", Messages.crlf(text), List.of(flag), OffsetDateTime.parse(date));
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private static void search(ImapDialogue client, String keys, String found) throws IOException {
        client.play("C: s SEARCH " + keys + "\nS: * SEARCH" + found + "\nS: s OK SEARCH done");
    }

    @Test
    void search_byFlagsAndNumbers() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            search(client, "ALL", " 1 2 3 4");
            search(client, "SEEN", " 1");
            search(client, "UNSEEN UNDELETED", " 2 4");
            search(client, "KEYWORD $work", " 2");
            search(client, "UNKEYWORD $Work NOT FLAGGED", " 1 3");
            search(client, "OR SEEN FLAGGED", " 1 4");
            search(client, "(OR DELETED (SEEN 1:2))", " 1 3");
            search(client, "2:3", " 2 3");
            search(client, "UID 4:*", " 4");
            search(client, "DRAFT", "");
            search(client, "NOT ANSWERED LARGER 1000", " 3");
            search(client, "SMALLER 1000", " 1 2 4");
            client.play("C: a UID SEARCH 4\nS: * SEARCH 5\nS: a OK SEARCH done");
            client.play("C: b SEARCH BOGUS\nS: b BAD unknown search key");
            client.play("C: c SEARCH " + "NOT ".repeat(60) + "SEEN\nS: c BAD search keys may be nested 50 deep");
        }
    }

    @Test
    void search_byTextAndDate() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            search(client, "FROM ADA", " 1");
            search(client, "TO bob CC nobody", "");
            search(client, "BCC eve", " 4");
            search(client, "HEADER X-Kind spec", " 2");
            search(client, "HEADER X-Kind \"\"", " 2");
            search(client, "BODY \"first body\"", " 1");
            search(client, "TEXT plain", " 2");
            search(client, "BEFORE 6-Mar-2024", " 1");
            search(client, "ON 07-mar-2024", " 2");
            search(client, "SINCE 9-Mar-2024", " 3 4");
            search(client, "SENTON 4-Mar-2024", " 1");
            search(client, "SENTSINCE 1-Jan-2020", " 1");
            search(client, "SENTBEFORE 4-Mar-2024", "");
            int octets = "grüße!".getBytes(StandardCharsets.UTF_8).length;
            search(client, "CHARSET UTF-8 SUBJECT {" + octets + "+}\nC: grüße!", " 1");
            search(client, "CHARSET UTF-8 BODY {6+}\nC: väter", " 2");
            client.play("C: a SEARCH CHARSET KOI8-R ALL\nS: a NO [BADCHARSET (US-ASCII UTF-8)] unknown charset");
            client.play("C: b SEARCH SUBJECT \"grüße\"\nS: b BAD quoted strings hold 7-bit text ...");
        }
    }

    @Test
    void search_extendedResults() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a UID SEARCH RETURN (MIN MAX COUNT ALL) ALL
                    S: * ESEARCH (TAG "a") UID MIN 1 MAX 5 COUNT 4 ALL 1:3,5
                    S: a OK SEARCH done
                    C: b SEARCH RETURN () UNSEEN
                    S: * ESEARCH (TAG "b") ALL 2:4
                    S: b OK SEARCH done
                    C: c SEARCH RETURN (COUNT MIN) DRAFT
                    S: * ESEARCH (TAG "c") COUNT 0
                    S: c OK SEARCH done
                    C: d UID SEARCH MODSEQ 4
                    S: * OK [HIGHESTMODSEQ 7] modification sequences are on
                    S: * SEARCH 3 5 (MODSEQ 7)
                    S: d OK SEARCH done
                    C: e UID SEARCH RETURN (ALL) MODSEQ "/flags/\\\\draft" all 4
                    S: * ESEARCH (TAG "e") UID ALL 3,5 MODSEQ 7
                    S: e OK SEARCH done
                    C: f SEARCH RETURN (SAVE) ALL
                    S: f BAD RETURN knows ALL, COUNT, MIN and MAX
                    """);
        }
    }
}
