package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is logged in. Used by one thread at a time; only {@link #abort} may be called by others. After a failure
 * of the connection itself it is broken and never used again.
 */
final class ImapConnection {
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

    boolean can(String capability) {
        return wire.hasCapability(capability);
    }

    /** Runs a command whatever its answer is. */
    ResponseCode attempt(String command, @Nullable Argument arguments, Consumer<IMAPResponse> untagged) {
        Farewell farewell = new Farewell();
        try {
            ResponseCode answer = wire.execute(command, arguments, response -> {
                farewell.observe(response);
                untagged.accept(response);
            });
            lastUsedNanos = System.nanoTime();
            return answer;
        } catch (IOException failure) {
            abort();
            throw farewell.orElse(classifier, classifier.broken(command, failure));
        } catch (ProtocolException | IndexOutOfBoundsException unreadable) {
            // Angus reads a response by index; one that is cut short shows as the latter.
            abort();
            throw MailException.of(
                    Kind.PROTOCOL, "the server's answer to " + command + " cannot be understood", unreadable);
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
        boolean open = current != null && current.writable() && current.name().equals(mailbox);
        return open && current != null ? current : open("SELECT", mailbox, true);
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

    boolean hasOpen(String mailbox) {
        SelectedMailbox current = selected;
        return current != null && current.name().equals(mailbox);
    }

    boolean isBroken() {
        return broken;
    }

    /** Returns whether the server hung up while the connection lay idle for longer than {@code idle}. */
    boolean endedWhileIdle(Duration idle) {
        return System.nanoTime() - lastUsedNanos > idle.toNanos() && socket.hasEnded(readTimeout);
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

    /** Says good-bye and waits for the answer no longer than {@code limit} at a time. */
    void logout(Duration limit) {
        try {
            socket.readTimeout(limit);
            ResponseCode unused = wire.execute("LOGOUT", null, response -> {});
        } catch (IOException | ProtocolException impatient) {
            // The server knows, or will find out.
        } finally {
            abort();
        }
    }
}
