package dev.steadymail.imap;

import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestMessage;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes an account behind the client's back, by chance. */
final class ServerChaos {
    static final String USER = "ada";
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-01T12:00:00Z");
    private static final List<String> FLAGS = List.of("\\Seen", "\\Flagged", "\\Answered", "Custom", "\\Deleted");

    private final ImapTestAccount account;
    private final Random random;
    private int lastNumber;

    ServerChaos(ImapTestServer server, Random random) {
        this.account = server.account(USER);
        this.random = random;
    }

    /** Lets something happen a few times. */
    void happen(int times) {
        for (int i = 0; i < times; i++) {
            happen();
        }
    }

    private void happen() {
        String mailbox = any(account.mailboxes());
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> deliver(mailbox, 1 + random.nextInt(6));
            case 3, 4 -> expunge(mailbox);
            case 5, 6 -> flag(mailbox);
            case 7 -> {
                expunge(mailbox);
                deliver(mailbox, 1);
            }
            case 8 -> account.createMailbox("Box " + ++lastNumber);
            case 9 -> rename(mailbox);
            case 10 -> delete(mailbox);
            default -> renumber(mailbox);
        }
    }

    private void deliver(String mailbox, int count) {
        for (int i = 0; i < count; i++) {
            int number = ++lastNumber;
            byte[] message =
                    ("Subject: " + number + "\r\n\r\n" + "x".repeat(number)).getBytes(StandardCharsets.US_ASCII);
            List<String> flags = random.nextBoolean() ? List.of() : List.of(any(FLAGS));
            long unused = account.append(mailbox, message, flags, NOON.plusSeconds(number));
        }
    }

    private void expunge(String mailbox) {
        List<ImapTestMessage> messages = account.messages(mailbox);
        if (!messages.isEmpty()) {
            account.expunge(mailbox, any(messages).uid());
        }
    }

    private void flag(String mailbox) {
        List<ImapTestMessage> messages = account.messages(mailbox);
        if (!messages.isEmpty()) {
            account.setFlags(mailbox, any(messages).uid(), List.of(any(FLAGS)));
        }
    }

    private void rename(String mailbox) {
        if (!mailbox.equals("INBOX")) {
            account.rename(mailbox, "Name " + ++lastNumber);
        }
    }

    private void delete(String mailbox) {
        if (!mailbox.equals("INBOX") && random.nextInt(3) == 0) {
            account.deleteMailbox(mailbox);
        }
    }

    private void renumber(String mailbox) {
        if (random.nextInt(3) == 0) {
            long unused = account.resetUidValidity(mailbox);
        }
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns every mailbox, and every message with its size and keywords. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (String mailbox : account.mailboxes()) {
            state.put(mailbox, "");
            for (ImapTestMessage message : account.messages(mailbox)) {
                TreeSet<String> keywords = new TreeSet<>();
                message.flags()
                        .forEach(flag -> keywords.add(flag.replace('\\', '$').toLowerCase(Locale.ROOT)));
                state.put(
                        mailbox + " " + account.uidValidity(mailbox) + " " + message.uid(),
                        message.bytes().length + " " + keywords);
            }
        }
        return state;
    }
}
