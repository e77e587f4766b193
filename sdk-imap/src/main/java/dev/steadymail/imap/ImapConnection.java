package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is logged in. Used by one thread at a time; only {@link #abort} may be called by others. After a failure
 * of the connection itself it is broken and never used again.
 */
final class ImapConnection {
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PROOF = Duration.ofSeconds(10);

    private final ImapSocket socket;
    private final ImapWire wire;
    private final ResponseClassifier classifier;
    private final Duration readTimeout;
    private @Nullable SelectedMailbox selected;
    private long lastUsedNanos = System.nanoTime();
    private volatile boolean broken;

    ImapConnection(ImapSocket socket, ImapWire wire, ResponseClassifier classifier, Duration readTimeout) {
        this.socket = socket;
        this.wire = wire;
        this.classifier = classifier;
        this.readTimeout = readTimeout;
    }

    Set<String> capabilities() {
        return wire.getCapabilities().keySet().stream()
                .map(each -> each.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean can(String capability) {
        return wire.hasCapability(capability);
    }

    /** Runs a command whatever its answer is. */
    ResponseCode attempt(String command, @Nullable Argument arguments, Consumer<IMAPResponse> untagged) {
        Farewell farewell = new Farewell();
        boolean completed = false;
        try {
            ResponseCode answer = wire.execute(command, arguments, response -> {
                farewell.observe(response);
                untagged.accept(response);
            });
            lastUsedNanos = System.nanoTime();
            completed = true;
            return answer;
        } catch (IOException failure) {
            throw farewell.orElse(classifier, classifier.broken(command, failure));
        } catch (ProtocolException | IndexOutOfBoundsException unreadable) {
            // Angus reads a response by index; one that is cut short shows as the latter. Its messages quote the
            // response.
            throw classifier.unreadable(command);
        } finally {
            if (!completed) {
                // The rest of this answer is still to come, and would be taken for the next command's.
                abort();
            }
        }
    }

    /** Runs a command that must succeed. */
    ResponseCode command(String command, @Nullable Argument arguments, Consumer<IMAPResponse> untagged) {
        ResponseCode answer = attempt(command, arguments, untagged);
        if (!answer.isOk()) {
            throw refusal(command, answer);
        }
        return answer;
    }

    ResponseCode command(String command, @Nullable Argument arguments) {
        return command(command, arguments, response -> {});
    }

    /** Runs a command that must succeed and must not be repeated: a connection that breaks leaves its effect open. */
    ResponseCode commandOnce(String command, Argument arguments, Consumer<IMAPResponse> untagged) {
        ResponseCode answer;
        try {
            answer = attempt(command, arguments, untagged);
        } catch (MailException lost) {
            throw lost.toBuilder().mayHaveTakenEffect(true).build();
        }
        if (!answer.isOk()) {
            throw refusal(command, answer);
        }
        return answer;
    }

    MailException refusal(String command, ResponseCode answer) {
        return classifier.refusal(command, answer);
    }

    /** Opens a mailbox for reading, unless it is open already. */
    SelectedMailbox examine(String mailbox) {
        SelectedMailbox current = selected;
        return current != null && current.name().equals(mailbox) ? current : open("EXAMINE", mailbox, false);
    }

    /** Opens a mailbox for reading, again where it is open already, so that the numbers are of now. */
    SelectedMailbox examineAgain(String mailbox) {
        return open("EXAMINE", mailbox, false);
    }

    /** Opens a mailbox for writing, unless it is open so already. */
    SelectedMailbox select(String mailbox) {
        SelectedMailbox current = selected;
        if (current == null || !current.writable() || !current.name().equals(mailbox)) {
            return open("SELECT", mailbox, true);
        }
        // What arrived since the last command is not in this session's view yet, and a command for it would do nothing.
        ResponseCode unused = command("NOOP", null);
        return current;
    }

    private SelectedMailbox open(String command, String mailbox, boolean writable) {
        SelectedMailbox opened = new SelectedMailbox(mailbox, writable);
        // RFC 3501 section 6.3.1: a SELECT that fails leaves no mailbox selected.
        selected = null;
        ResponseCode answer = command(command, Arguments.mailbox(mailbox), opened::observe);
        if (writable && answer.has("READ-ONLY")) {
            throw MailException.builder(Kind.FORBIDDEN, "the mailbox can be read only; its owner must give more rights")
                    .providerCode("READ-ONLY")
                    .build();
        }
        selected = opened;
        return opened;
    }

    /**
     * Leaves the mailbox that is open, if any: of that one, STATUS may tell what this session saw last (RFC 3501 section 6.3.10).
     * A server without UNSELECT (RFC 3691) is made to look again instead.
     */
    void leaveMailbox() {
        if (selected == null) {
            return;
        }
        boolean canLeave = can("UNSELECT");
        ResponseCode unused = command(canLeave ? "UNSELECT" : "NOOP", null);
        selected = canLeave ? null : selected;
    }

    boolean hasOpen(String mailbox) {
        SelectedMailbox current = selected;
        return current != null && current.name().equals(mailbox);
    }

    boolean isBroken() {
        return broken;
    }

    /**
     * Returns whether the connection is over after it lay idle for longer than {@code idle}. Silence is no proof of life after a
     * minute, and what was said meanwhile may be a farewell: then the server is asked.
     */
    boolean endedWhileIdle(Duration idle) {
        long nanos = System.nanoTime() - lastUsedNanos;
        if (nanos <= idle.toNanos()) {
            return false;
        }
        if (socket.hasEnded(readTimeout)) {
            return true;
        }
        return (socket.hasReplay() || nanos > LONGEST_SILENCE.toNanos()) && !answers();
    }

    private boolean answers() {
        try {
            socket.readTimeout(LONGEST_PROOF);
            ResponseCode answer = command("NOOP", null);
            socket.readTimeout(readTimeout);
            return answer.isOk();
        } catch (IOException | MailException dead) {
            abort();
            return false;
        }
    }

    /** Breaks the connection at once, from any thread. */
    void abort() {
        broken = true;
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }

    /** Says good-bye and waits for the answer no longer than {@code limit} in all. */
    void logout(Duration limit) {
        try {
            socket.endAfter(limit);
            ResponseCode unused = wire.execute("LOGOUT", null, response -> {});
        } catch (IOException | ProtocolException impatient) {
            // The server knows, or will find out.
        } finally {
            abort();
        }
    }
}
