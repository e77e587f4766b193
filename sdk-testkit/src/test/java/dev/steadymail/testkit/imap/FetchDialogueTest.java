package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchDialogueTest {

    private static final String MIXED = """
            Date: Tue, 5 Mar 2024 08:09:10 +0100
            From: "Ada, \\"L\\"" <ada@example.com>, bob@example.org (Bob)
            To: friends: carl@example.net, <dora@example.net>;
            Subject: Grüße
             an alle
            Message-ID: <1@example.com>
            Content-Type: multipart/mixed; boundary=b1

            preamble
            --b1

            plain
            --b1
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: multipart/alternative; boundary="b2"

            --b2
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>
            --b2--
            --b1
            Content-Type: application/pdf; name="a b.pdf"
            Content-Disposition: attachment; filename="a b.pdf"
            Content-Transfer-Encoding: base64
            Content-ID: <c1>

            QUJD
            --b1--
            """;

    private final ImapTestServer server = Messages.server();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void fetch_plainItemsAndMacros() throws IOException {
        Messages.append(server, "INBOX", "Subject: a\n\nx\n", "\\Seen");
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE MODSEQ)
                    S: * OK [HIGHESTMODSEQ 2] modification sequences are on
                    S: * 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE " 5-Mar-2024 08:09:10 +0100" RFC822.SIZE 17 MODSEQ (2))
                    S: a OK FETCH done
                    C: b FETCH 1 FAST
                    S: * 1 FETCH (FLAGS (\\Seen) INTERNALDATE " 5-Mar-2024 08:09:10 +0100" RFC822.SIZE 17)
                    S: b OK FETCH done
                    C: c UID FETCH 1:* FLAGS
                    S: * 1 FETCH (UID 1 FLAGS (\\Seen))
                    S: c OK FETCH done
                    C: d UID FETCH 7:9 FLAGS
                    S: d OK FETCH done
                    C: e FETCH 2 FLAGS
                    S: e BAD a sequence number is beyond the mailbox, which has 1
                    C: f FETCH 1 (FLAGS NONSENSE)
                    S: f BAD unknown FETCH item
                    C: g UID FETCH 9:* UID
                    S: * 1 FETCH (UID 1)
                    S: g OK FETCH done
                    """);
        }
    }

    @Test
    void fetch_envelopeIsRawAndUsesLiteralsFor8Bit() throws IOException {
        Messages.append(server, "INBOX", MIXED);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a FETCH 1 ENVELOPE
                    S: * 1 FETCH (ENVELOPE ("Tue, 5 Mar 2024 08:09:10 +0100" {15}
                    S: Grüße an alle (("Ada, \\"L\\"" NIL "ada" "example.com")("Bob" NIL "bob" "example.org")) (("Ada, \\"L\\"" NIL "ada" "example.com")("Bob" NIL "bob" "example.org")) (("Ada, \\"L\\"" NIL "ada" "example.com")("Bob" NIL "bob" "example.org")) ((NIL NIL "friends" NIL)(NIL NIL "carl" "example.net")(NIL NIL "dora" "example.net")(NIL NIL NIL NIL)) NIL NIL NIL "<1@example.com>"))
                    S: a OK FETCH done
                    """);
        }
    }

    @Test
    void fetch_bodyStructure() throws IOException {
        Messages.append(server, "INBOX", MIXED);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a FETCH 1 BODYSTRUCTURE
                    S: * 1 FETCH (BODYSTRUCTURE (("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 5 1 NIL NIL NIL NIL)("message" "rfc822" NIL NIL NIL "7bit" 174 (NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL) (("text" "html" ("charset" "utf-8") NIL NIL "quoted-printable" 3 1 NIL NIL NIL NIL) "alternative" ("boundary" "b2") NIL NIL NIL) 9 NIL NIL NIL NIL)("application" "pdf" ("name" "a b.pdf") "<c1>" NIL "base64" 4 NIL ("attachment" ("filename" "a b.pdf")) NIL NIL) "mixed" ("boundary" "b1") NIL NIL NIL))
                    S: a OK FETCH done
                    C: b FETCH 1 BODY
                    S: * 1 FETCH (BODY (("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 5 1)("message" ...
                    S: b OK FETCH done
                    """);
        }
    }

    @Test
    void fetch_sections() throws IOException {
        Messages.append(server, "INBOX", MIXED, "\\Seen");
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a FETCH 1 (BODY.PEEK[1] BODY.PEEK[2.HEADER] BODY.PEEK[2.1] BODY.PEEK[2.1.MIME] BODY.PEEK[3] BODY.PEEK[4] BODY.PEEK[1.HEADER])
                    S: * 1 FETCH (BODY[1] {5}
                    S: plain BODY[2.HEADER] {70}
                    S: Subject: inner
                    S: Content-Type: multipart/alternative; boundary="b2"
                    S:
                    S:  BODY[2.1] {3}
                    S: <p> BODY[2.1.MIME] {87}
                    S: Content-Type: text/html; charset=utf-8
                    S: Content-Transfer-Encoding: quoted-printable
                    S:
                    S:  BODY[3] {4}
                    S: QUJD BODY[4] NIL BODY[1.HEADER] NIL)
                    S: a OK FETCH done
                    C: b FETCH 1 (BODY[HEADER.FIELDS (message-id Date Nope)] BODY[TEXT]<3.5> BODY[]<99999.5>)
                    S: * 1 FETCH (BODY[HEADER.FIELDS (message-id Date Nope)] {69}
                    S: Date: Tue, 5 Mar 2024 08:09:10 +0100
                    S: Message-ID: <1@example.com>
                    S:
                    S:  BODY[TEXT]<3> {5}
                    S: amble BODY[]<99999> {0}
                    S: )
                    S: b OK FETCH done
                    C: c FETCH 1 BODY[MIME]
                    S: c BAD no such section; MIME needs a part number
                    C: d FETCH 1 BODY[1.0]
                    S: d BAD part numbers start at 1
                    """);
        }
    }

    @Test
    void fetch_ofABodySetsSeenUnlessPeekedOrExamined() throws IOException {
        Messages.append(server, "INBOX", "A: b\n\nx");
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a EXAMINE INBOX
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ...
                    S: * 1 EXISTS
                    S: * 0 RECENT
                    S: * OK [UNSEEN 1] ...
                    S: * OK [UIDVALIDITY ...
                    S: * OK [UIDNEXT ...
                    S: * OK [HIGHESTMODSEQ ...
                    S: a OK [READ-ONLY] ...
                    C: b FETCH 1 BODY[TEXT]
                    S: * 1 FETCH (BODY[TEXT] {1}
                    S: x)
                    S: b OK FETCH done
                    """);
        }
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a FETCH 1 RFC822.HEADER
                    S: * 1 FETCH (RFC822.HEADER {8}
                    S: A: b
                    S:
                    S: )
                    S: a OK FETCH done
                    C: b FETCH 1 BODY[]
                    S: * 1 FETCH (BODY[] {9}
                    S: A: b
                    S:
                    S: x FLAGS (\\Seen))
                    S: b OK FETCH done
                    C: c FETCH 1 RFC822.TEXT
                    S: * 1 FETCH (RFC822.TEXT {1}
                    S: x)
                    S: c OK FETCH done
                    """);
        }
    }

    @Test
    void fetch_changedSince_tellsOnlyLaterChanges() throws IOException {
        Messages.fill(server, "INBOX", 3);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            server.account(Messages.USER).setFlags("INBOX", 2, List.of("\\Flagged"));
            client.play("""
                    C: a UID FETCH 1:* (FLAGS) (CHANGEDSINCE 4)
                    S: * OK [HIGHESTMODSEQ 5] modification sequences are on
                    S: * 2 FETCH (UID 2 FLAGS (\\Flagged) MODSEQ (5))
                    S: a OK FETCH done
                    C: b UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5)
                    S: b OK FETCH done
                    """);
        }
    }

    @Test
    void structure_ofHostileMessages_isBounded() {
        String nested = "Content-Type: message/rfc822\n\n".repeat(500);
        MimePart part = MimeReader.read(Messages.crlf(nested));
        int depth = 0;
        for (MimePart inner = part.embedded(); inner != null; inner = inner.embedded()) {
            depth++;
        }
        assertEquals(MimeReader.MAX_DEPTH, depth);
        String wide = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n\n".repeat(5_000);
        assertEquals(
                MimeReader.MAX_PARTS,
                MimeReader.read(Messages.crlf(wide)).children().size(),
                2);
        MimePart broken = MimeReader.read(Messages.crlf("Content-Type: multipart/mixed\n\nno boundary"));
        assertEquals(1, broken.children().size());
        assertEquals(0, MimeReader.read(new byte[0]).body().length());
    }
}
