package dev.steadymail.testkit.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 that follows a written dialogue, right or wrong, and tells where a client left it.
 *
 * <pre>{@code
 * try (ScriptedImapServer server = ScriptedImapServer.playing("""
 *         S: * OK [CAPABILITY IMAP4rev1] ready
 *         C: <tag> LOGIN ada secret
 *         S: <tag> OK welcome
 *         C: <tag> UID FETCH <n> (BODY.PEEK[])
 *         S: * 1 FETCH (UID <n> BODY[] {2147483647}
 *         S: <endless><open>x
 *         C: <end>
 *         """)) {
 *     // let a client talk to 127.0.0.1 and server.port(), and close it
 * }
 * }</pre>
 *
 * <p>Each line of a script is a step. {@code C:} is a line that the client must send, exactly, but for these:
 *
 * <ul>
 *   <li>{@code <tag>} is any tag, {@code <n>} a number of up to 18 digits; the last ones are remembered. {@code ...} is any text or none.
 *   <li>{@code <literal ada>} is a literal of these octets, {@code <literal>} any: the client's announcement, with or without the plus sign
 *       of RFC 7888, then the server's {@code + go ahead} if the client waits for it, then the octets.
 *   <li>{@code <octets 1000>} at the beginning of a line: so many octets come before it; {@code <octets n>} as many as the last number.
 *   <li>Alone: {@code <end>}, the client ends the connection; {@code <any>}, it may say what it likes until it does.
 * </ul>
 *
 * <p>{@code S:} is a line that the server sends, in one write if it fits in 8 KiB:
 *
 * <ul>
 *   <li>{@code <tag>} is the last tag, {@code <oldtag>} the one before it, {@code <n>} the last number.
 *   <li>{@code <literal text>} is an announcement and these octets; {@code <octets 1000>} or {@code <octets n>} so many letters x, which are
 *       never all in memory.
 *   <li>At the end, {@code <open>}: no CRLF follows. At the beginning, {@code <drip>}: each octet is a write of its own;
 *       {@code <repeat 1000>}: so often, or until the client goes; {@code <endless>}: until the client goes, or after 1 GiB.
 *   <li>Alone: {@code <wait name>} does nothing until the test calls {@link #go}; {@code <starttls>} begins TLS; {@code <close>} ends the
 *       connection once the client has read all, {@code <reset>} at once.
 * </ul>
 *
 * <p>In both, {@code \r}, {@code \n} and {@code \x00} to {@code \xff} are octets; any other backslash is itself, {@code \x5c} always. Text is
 * sent in UTF-8. Other words in angle brackets are text; {@code \x3c} is a bracket that is not a marker's. Empty lines and those that begin
 * with {@code #} are skipped.
 *
 * <p>A client is off the script if it sends another line than the one that is due, or more than the script has, or ends before, or does not
 * come with a line, a handshake or an octet of a literal, or does not read, for longer than the deadline. Its connection is reset then.
 * That a client does not read what is sent is none, as nobody could tell. After the last line the connection stays open until the client
 * ends it.
 *
 * <p>Each connection has a daemon thread, and there are at most 1,000 in the life of a server. Thread-safe.
 */
public final class ScriptedImapServer implements AutoCloseable {

    private final Duration deadline;
    private final Pauses pauses;
    private final Ledger ledger = new Ledger();
    private final Reception reception;
    private final AtomicBoolean closed = new AtomicBoolean();

    ScriptedImapServer(List<Script> scripts, @Nullable Script forOthers, Rules rules) throws IOException {
        deadline = rules.deadline();
        Set<String> names = Stream.concat(scripts.stream(), Stream.ofNullable(forOthers))
                .flatMap(script -> script.pauses().stream())
                .collect(Collectors.toSet());
        pauses = new Pauses(names, deadline);
        reception = new Reception(scripts, forOthers, rules, pauses, ledger);
    }

    /** Starts a server that plays this script on one connection. */
    public static ScriptedImapServer playing(String script) {
        return builder().script(script).start();
    }

    /** Returns a builder of a server without scripts. */
    public static ScriptedImapServerBuilder builder() {
        return new ScriptedImapServerBuilder();
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return reception.port();
    }

    /**
     * Ends the pause of this name, on every connection, also if it has not begun.
     *
     * @throws IllegalArgumentException if no script has it
     */
    public void go(String pause) {
        pauses.end(pause);
    }

    /**
     * Waits until a connection has come to the pause of this name.
     *
     * @throws IllegalArgumentException if no script has it
     * @throws ScriptMismatchError if that did not happen within the deadline
     */
    public void awaitPause(String pause) throws InterruptedException {
        if (!pauses.awaitReached(pause)) {
            throw error(Stream.of("no connection came to S: <wait " + pause + "> within " + deadline));
        }
    }

    /**
     * Returns what was said so far on a connection, at most the last 500 lines, as lines of {@code C:} and {@code S:}. The client's lines
     * are cut at 200 octets; the arguments of LOGIN and AUTHENTICATE are left out, and literals too.
     *
     * @param connection from 1, in the order of their coming
     * @return empty if there is no such connection yet
     */
    public List<String> dialogue(int connection) {
        List<Conversation> begun = reception.conversations();
        if (connection < 1 || connection > begun.size()) {
            return List.of();
        }
        return begun.get(connection - 1).transcript().lines();
    }

    /**
     * Waits until all scripts have been played, at most as long as the deadline.
     *
     * @throws ScriptMismatchError if a client has left its script, or the time was over first
     */
    public void verify() {
        try {
            ledger.await(reception::isPlayed, deadline);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throwIfOffScript(reception.unfinished());
    }

    /**
     * Waits as {@link #verify()} does, though not for connections that nobody has opened, then stops listening and cuts all connections.
     * Clients are better closed before. Closing twice is harmless, and the second time tells nothing.
     *
     * @throws ScriptMismatchError if a client has left its script, or not come to its end
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            List<String> unfinished = end();
            reception.join();
            throwIfOffScript(unfinished);
        } catch (IOException failure) {
            throw new UncheckedIOException("the listening socket could not be closed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> end() throws IOException, InterruptedException {
        try {
            reception.stopAccepting();
            ledger.await(reception::isPlayedWhereBegun, deadline);
            reception.settle();
            return reception.unfinished();
        } finally {
            reception.stop();
        }
    }

    private void throwIfOffScript(List<String> unfinished) {
        List<String> mismatches = ledger.mismatches();
        List<String> reports = mismatches.isEmpty() ? unfinished : mismatches;
        if (!reports.isEmpty()) {
            throw error(reports.stream());
        }
    }

    private static ScriptMismatchError error(Stream<String> reports) {
        return new ScriptMismatchError(reports.collect(Collectors.joining("\n\n")));
    }
}
