package dev.steadymail.server.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.testkit.imap.ImapTestMessage;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed here and by other programs, in whatever order: a sync later both sides are equal, and ids are what they were. */
final class RandomChangesTest {
    private static final int EMAILS = 8;
    private static final int CHANGES = 30;
    private static final List<String> MAILBOXES = List.of("INBOX", "Archive", "Sent", "Junk", "Trash");
    private static final List<String> KEYWORDS = List.of("$seen", "$flagged", "$answered", "work");

    @Test
    void randomChanges_endEqual(@TempDir Path data) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ImapTestServer imap = ChangedServer.imap("ada").start();
                ChangedServer server = new ChangedServer(data)) {
            for (int i = 0; i < EMAILS; i++) {
                ChangedServer.append(imap, "ada", "INBOX", "mail" + i);
            }
            String account = server.connect(imap, "ada");
            Map<String, String> ids = ids(server, account);
            Map<String, String> mailboxes = new TreeMap<>();
            MAILBOXES.forEach(name -> mailboxes.put(name, server.mailbox(account, name)));
            for (int i = 0; i < CHANGES; i++) {
                step(random, imap, server, account, ids, mailboxes, "seed " + seed + " step " + i);
            }
            server.sync(account);
            assertEquals(ChangedServer.there(imap, "ada"), server.shown(account), "seed " + seed);
            assertEquals(ids, ids(server, account), "seed " + seed);
        }
    }

    private static void step(
            Random random,
            ImapTestServer imap,
            ChangedServer server,
            String account,
            Map<String, String> ids,
            Map<String, String> mailboxes,
            String where) {
        String name = "mail" + random.nextInt(EMAILS);
        switch (random.nextInt(10)) {
            case 0 -> changeElsewhere(random, imap, name);
            case 1 -> server.sync(account);
            default -> {
                String change = change(random, mailboxes);
                Answer answer = server.patch(ids.get(name), change);
                assertTrue(Set.of(200, 409).contains(answer.status()), where + ": " + change + " " + answer.text());
                if (answer.status() == 200) {
                    assertEquals(
                            ChangedServer.there(imap, "ada").get(name),
                            server.shown(account).get(name),
                            where);
                }
            }
        }
    }

    private static String change(Random random, Map<String, String> mailboxes) {
        String keywords = KEYWORDS.stream()
                .filter(keyword -> random.nextBoolean())
                .map(keyword -> "\"" + keyword + "\":" + random.nextBoolean())
                .collect(Collectors.joining(","));
        String mailbox = mailboxes.get(MAILBOXES.get(random.nextInt(MAILBOXES.size())));
        return "{\"keywords\":{" + keywords + "},"
                + switch (random.nextInt(4)) {
                    case 0 -> "\"archive\":true}";
                    case 1 -> "\"trash\":true}";
                    default -> "\"mailboxIds\":[\"" + mailbox + "\"]}";
                };
    }

    private static void changeElsewhere(Random random, ImapTestServer imap, String name) {
        for (String mailbox : MAILBOXES) {
            for (ImapTestMessage message : imap.account("ada").messages(mailbox)) {
                if (ChangedServer.subject(message).equals(name)) {
                    if (random.nextBoolean()) {
                        imap.account("ada").setFlags(mailbox, message.uid(), List.of("\\Seen"));
                    } else {
                        String to = MAILBOXES.get(random.nextInt(MAILBOXES.size()));
                        if (!to.equals(mailbox)) {
                            imap.account("ada").move(mailbox, message.uid(), to);
                        }
                    }
                    return;
                }
            }
        }
    }

    private static Map<String, String> ids(ChangedServer server, String account) {
        Map<String, String> ids = new TreeMap<>();
        server.emails(account)
                .forEach(email -> ids.merge(
                        email.get("subject").asString(), email.get("id").asString(), (one, two) -> "twice"));
        return ids;
    }
}
