package dev.steadymail.testkit.imap;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;

/** Messages and a server for the tests. */
final class Messages {

    static final String USER = "ada@example.com";
    static final OffsetDateTime DATE = OffsetDateTime.parse("2024-03-05T08:09:10+01:00");

    private Messages() {}

    static ImapTestServer server(ImapCapability... without) {
        return ImapTestServer.builder().user(USER, "secret").without(without).start();
    }

    static ImapTestServer serverWith(ImapCapability... more) {
        return ImapTestServer.builder().user(USER, "secret").with(more).start();
    }

    static byte[] crlf(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static long append(ImapTestServer server, String mailbox, String text, String... flags) {
        return server.account(USER).append(mailbox, crlf(text), List.of(flags), DATE);
    }

    /** Appends so many small messages with the subjects m1, m2 and so on. */
    static void fill(ImapTestServer server, String mailbox, int count) {
        for (int number = 1; number <= count; number++) {
            append(server, mailbox, "Subject: m" + number + "\n\nbody " + number + "\n");
        }
    }
}
