package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happened to a mailbox, a client that resynchronises ends with what the server has (RFC 7162 section 3.2.5). */
class ResynchronisationTest {

    private static final int ROUNDS = 25;
    private static final List<List<String>> FLAGS =
            List.of(List.of(), List.of("\\Seen"), List.of("\\Flagged", "\\Seen"), List.of("$Work"));
    private static final Pattern STATE = Pattern.compile("\\* OK \\[HIGHESTMODSEQ (\\d+)] .*");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED \\(EARLIER\\) ([\\d:,]+)");
    private static final Pattern CHANGED = Pattern.compile("\\* \\d+ FETCH \\(UID (\\d+) FLAGS \\((.*)\\) MODSEQ .*");

    private final SortedMap<Long, String> known = new TreeMap<>();
    private long modSeq;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void client_convergesToTheServer(long seed) throws IOException {
        Random random = new Random(seed);
        try (ImapTestServer server = Messages.serverWith(ImapCapability.QRESYNC);
                ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("C: q ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: q OK ...");
            ImapTestAccount account = server.account(Messages.USER);
            modSeq = account.highestModSeq("INBOX");
            for (int round = 0; round < ROUNDS; round++) {
                change(account, random, server);
                resync(client, account.uidValidity("INBOX"), random.nextBoolean());
                assertEquals(present(account), known, "seed " + seed + ", round " + round);
            }
        }
    }

    private static void change(ImapTestAccount account, Random random, ImapTestServer server) {
        for (int left = random.nextInt(8); left > 0; left--) {
            List<Long> uids =
                    account.messages("INBOX").stream().map(ImapTestMessage::uid).toList();
            int kind = random.nextInt(10);
            if (kind < 4 || uids.isEmpty()) {
                Messages.append(server, "INBOX", "Subject: x\n\n\n");
            } else if (kind < 7) {
                account.expunge("INBOX", uids.get(random.nextInt(uids.size())));
            } else if (kind < 9) {
                account.setFlags("INBOX", uids.get(random.nextInt(uids.size())), FLAGS.get(random.nextInt(4)));
            } else {
                account.forgetExpunges("INBOX");
            }
        }
    }

    /** With match data of the message in the middle, as a client sends it that expects the server to forget. */
    private void resync(ImapDialogue client, long uidValidity, boolean withMatch) throws IOException {
        String match = "";
        if (withMatch && !known.isEmpty()) {
            int middle = known.size() / 2;
            match = " (" + (middle + 1) + " " + List.copyOf(known.keySet()).get(middle) + ")";
        }
        client.send("s SELECT INBOX (QRESYNC (" + uidValidity + " " + modSeq + match + "))");
        for (String line = client.receive(); !line.startsWith("s OK"); line = client.receive()) {
            apply(line);
        }
    }

    private void apply(String line) {
        Matcher state = STATE.matcher(line);
        Matcher vanished = VANISHED.matcher(line);
        Matcher changed = CHANGED.matcher(line);
        if (state.matches()) {
            modSeq = Long.parseLong(state.group(1));
        } else if (vanished.matches()) {
            Stream.of(vanished.group(1).split(",", -1)).forEach(this::forget);
        } else if (changed.matches()) {
            known.put(Long.valueOf(changed.group(1)), changed.group(2));
        }
    }

    private void forget(String range) {
        int colon = range.indexOf(':');
        long first = Long.parseLong(colon < 0 ? range : range.substring(0, colon));
        long last = Long.parseLong(range.substring(colon + 1));
        known.subMap(first, last + 1).clear();
    }

    private static SortedMap<Long, String> present(ImapTestAccount account) {
        SortedMap<Long, String> present = new TreeMap<>();
        account.messages("INBOX").forEach(each -> present.put(each.uid(), String.join(" ", each.flags())));
        return present;
    }
}
