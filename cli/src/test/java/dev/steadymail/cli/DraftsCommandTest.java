package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts from the command line, with an account in memory. */
class DraftsCommandTest {
    private static final String ACCOUNT = "gmail://ada@example.com";

    @TempDir
    Path folder;

    private final InMemoryAccount account = InMemoryAccount.folders();
    private final CommandBench bench = CommandBench.of(account);

    private String create() {
        Ended created = bench.run("drafts", ACCOUNT, "--create", "--to", "bob@example.org", "--subject", "Plan");
        assertEquals(0, created.exit(), created.err());
        return created.out().strip();
    }

    @Test
    void draft_isListedReplacedAndSent() throws IOException {
        String first = create();
        Ended listed = bench.run("drafts", ACCOUNT);
        assertTrue(listed.out().matches("\\Q" + first + "\\E\t[^\t\n]+\tbob@example.org\tPlan\n"), listed.out());

        Path file = Files.writeString(
                folder.resolve("own.eml"),
                "From: ada@example.com\r\nTo: carl@example.org\r\nSubject: New\r\nMessage-ID: <own@example.com>\r\n\r\nHi\r\n");
        Ended replaced = bench.run("drafts", ACCOUNT, "--replace", first, "--eml", file.toString());
        assertEquals(0, replaced.exit(), replaced.err());
        String second = replaced.out().strip();
        assertTrue(bench.run("drafts", ACCOUNT).out().contains("\tcarl@example.org\tNew\n"));

        Ended stale = bench.run("drafts", ACCOUNT, "--send", first);
        assertEquals(2, stale.exit());
        assertEquals("", stale.out());
        Ended sent = bench.run("drafts", ACCOUNT, "--send", second);
        assertEquals(0, sent.exit(), sent.err());
        assertTrue(sent.out().matches("sent\t\t[^\t\n]+\n"), sent.out());
        assertEquals(1, account.sent().size());
        assertEquals(Files.readString(file), new String(account.sent().get(0), StandardCharsets.UTF_8));
        assertEquals("", bench.run("drafts", ACCOUNT).out());
    }

    @Test
    void discardedDraft_isGone() {
        String draft = create();
        Ended discarded = bench.run("drafts", ACCOUNT, "--discard", draft);
        assertEquals(0, discarded.exit(), discarded.err());
        assertEquals("", discarded.out());
        assertEquals(2, bench.run("drafts", ACCOUNT, "--discard", draft).exit());
        assertEquals("", bench.run("drafts", ACCOUNT).out());
        assertEquals(List.of(), account.sent());
    }

    @Test
    void sendingWithoutAnswer_isUnknown() {
        String draft = create();
        MailException lost = MailException.builder(Kind.NETWORK, "the connection broke; look before sending again")
                .mayHaveTakenEffect(true)
                .build();
        account.faults().failAfterEffect("sendDraft", 1, lost);
        Ended ended = bench.run("drafts", ACCOUNT, "--send", draft);
        assertEquals(4, ended.exit(), ended.err());
        assertEquals("unknown\t\t\n", ended.out());
        assertTrue(ended.err().contains("look among the sent mail"), ended.err());
    }

    @Test
    void draftThatChangedMeanwhile_isWrongUsageWithItsRemedy() {
        String draft = create();
        account.faults()
                .failNext("replaceDraft", 1, MailException.of(Kind.CONFLICT, "it changed; list the drafts again"));
        Ended ended = bench.run("drafts", ACCOUNT, "--replace", draft, "--subject", "Other");
        assertEquals(2, ended.exit(), ended.err());
        assertEquals(
                "steadymail: it changed; list the drafts again", ended.err().strip());
    }
}
