package dev.steadymail.server.demo;

import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/**
 * An IMAP server on a free port of 127.0.0.1 with the mail of one user, 300 emails in nine mailboxes. The first start in a folder decides
 * the dates; every later one serves the same octets under the same UIDs, UIDVALIDITYs and dates, whatever clients changed meanwhile.
 * Thread-safe.
 */
public final class DemoMailbox implements AutoCloseable {
    private static final String USER = "ada";
    private static final List<String> PROJECTS = List.of("Projects", "Projects/Brücke", "Projects/東京");

    private final ImapTestServer server;
    private final String secret;

    private DemoMailbox(ImapTestServer server, String secret) {
        this.server = server;
        this.secret = secret;
    }

    /**
     * Starts the server.
     *
     * @param folder keeps the instant of the first start and the password; made where missing, readable by the owner only
     * @throws dev.steadymail.server.folder.StartException if the folder cannot be used
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    public static DemoMailbox start(Path folder, InstantSource clock) {
        DemoFolder kept = DemoFolder.open(folder);
        Instant firstStart = kept.firstStart(clock);
        List<Letter> letters = Correspondence.load();
        ImapTestServer server = ImapTestServer.builder()
                .user(USER, kept.password())
                .clock(clock.withZone(ZoneOffset.UTC))
                .start();
        ImapTestAccount account = server.account(USER);
        PROJECTS.forEach(account::createMailbox);
        letters.forEach(letter -> deliver(letter, firstStart, account));
        return new DemoMailbox(server, kept.password());
    }

    private static void deliver(Letter letter, Instant firstStart, ImapTestAccount account) {
        byte[] message = MimeMessage.of(letter, firstStart);
        account.append(letter.mailbox(), message, letter.flags(), letter.sentAt(firstStart));
    }

    /** Returns where the mailbox is, as an account URL without the password. The port changes from start to start. */
    public String url() {
        return "imap://" + USER + "@127.0.0.1:" + server.port() + "?tls=none";
    }

    /** Returns the password. */
    public String secret() {
        return secret;
    }

    /** Stops the server and cuts its connections. Closing twice is harmless. */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "DemoMailbox[port=" + server.port() + "]";
    }
}
