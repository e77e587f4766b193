package dev.steadymail.benchmarks.scale;

import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The testkit's IMAP server with one very large INBOX, of the user {@code ada} with the password {@code secret}.
 *
 * <p>{@code --messages N} (1,000,000) and {@code --without CONDSTORE,...} say which. When it serves it prints {@code {"port":n}}; then it
 * answers each line of its input with one of JSON:
 *
 * <ul>
 *   <li>{@code change N}: N changes by another client, of which four in ten are arrivals, four are marks, two are removals
 *   <li>{@code commands}: those since it was asked last, each with its name and how often
 * </ul>
 */
public final class LargeMailboxServer {
    private static final Set<String> OPTIONS = Set.of("messages", "without");
    private static final String USER = "ada";
    private static final String INBOX = "INBOX";
    private static final OffsetDateTime FIRST = OffsetDateTime.parse("2015-01-01T12:00:00Z");

    private final ImapTestServer server;
    private final ImapTestAccount account;
    private long delivered;
    private long changes;

    private LargeMailboxServer(Options options) {
        ImapTestServer.Builder builder = ImapTestServer.builder().user(USER, "secret");
        for (String name : options.text("without", "").split(",", -1)) {
            if (!name.isEmpty()) {
                builder = builder.without(ImapCapability.valueOf(name.toUpperCase(Locale.ROOT)));
            }
        }
        server = builder.start();
        account = server.account(USER);
        int messages = options.number("messages", 1_000_000);
        while (delivered < messages) {
            deliver();
        }
    }

    /** Serves until its input ends. */
    public static void main(String... arguments) throws IOException {
        LargeMailboxServer large = new LargeMailboxServer(new Options(OPTIONS, arguments));
        System.out.println(Json.of(Map.of("port", large.server.port())));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println(Json.of(large.obey(line.strip().split(" ", -1))));
        }
        large.server.close();
    }

    private Map<String, ?> obey(String... words) {
        if (words[0].equals("commands")) {
            List<String> log = new ArrayList<>(server.log());
            server.clearLog();
            return Map.of("commands", String.join("\n", log));
        }
        for (int n = Integer.parseInt(words[1]); n > 0; n--) {
            change();
        }
        return Map.of("changed", words[1]);
    }

    private void change() {
        long kind = changes++ % 10;
        long uid = 1 + changes * 997 % delivered;
        if (kind < 4) {
            deliver();
        } else if (kind < 8) {
            account.setFlags(INBOX, uid, List.of("\\Flagged"));
        } else {
            account.expunge(INBOX, uid);
        }
    }

    private void deliver() {
        long number = ++delivered;
        byte[] message = ("From: Ada <ada@example.com>\r\nTo: Bob <bob@example.com>\r\nSubject: Letter " + number
                        + "\r\nMessage-ID: <" + number + "@example.com>\r\n\r\nHello\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long unused = account.append(INBOX, message, List.of("\\Seen"), FIRST.plusMinutes(number));
    }
}
