package dev.steadymail.smtp;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is said over one connection, without the connection and without time: a login, then messages one after the other. Whoever
 * carries it out asks {@link #next} what to do, does it, and hands in what the server sends. Any method may fail with a {@link
 * MailException}, whose effect says whether the message may have been accepted; {@link #isReusable} tells whether another message may
 * follow. Not thread-safe.
 */
final class SubmissionDialogue {
    private final LoginDialogue login;
    private final @Nullable DeliveryNotices notices;
    private final Refusal refusal;
    private final ReplyReader replies = new ReplyReader();
    private Phase phase;
    private @Nullable MessageDialogue message;
    private Consumer<Reply> log = reply -> {};
    private boolean broken;

    SubmissionDialogue(LoginDialogue login, @Nullable DeliveryNotices notices, Refusal refusal) {
        this.login = login;
        this.notices = notices;
        this.refusal = refusal;
        this.phase = login;
    }

    /**
     * Begins a message, once the login is {@link Step.Ready} or the message before has ended.
     *
     * @throws MailException for one that the server cannot take; nothing was sent, and another one may be begun
     */
    void begin(PreparedMessage next) {
        MessageDialogue begun =
                new MessageDialogue(next, login.extensions(), notices, message != null, login.isBelieved(), refusal);
        message = begun;
        phase = begun;
    }

    /** Has a log see each reply. */
    void heardBy(Consumer<Reply> each) {
        log = each;
    }

    /** Returns what is to be done next. */
    Step next() {
        return phase.next();
    }

    /** Takes what the server sent; uses all of it up. */
    void received(ByteBuffer octets) {
        while (octets.hasRemaining()) {
            Reply reply = read(octets);
            if (reply == null) {
                return;
            }
            log.accept(reply);
            if (isAccepted()) {
                // It took the message and says more: whatever that is, the next message gets another connection.
                broken = true;
                return;
            }
            phase.reply(reply);
            requireNothingBeforeTls(octets);
        }
    }

    private @Nullable Reply read(ByteBuffer octets) {
        try {
            return replies.read(octets);
        } catch (UnreadableReplyException unreadable) {
            broken = true;
            if (isAccepted()) {
                octets.position(octets.limit());
                return null;
            }
            throw MailException.builder(
                            Kind.PROTOCOL,
                            "the server's answer is not SMTP; check that host and port are those of a submission server")
                    .mayHaveTakenEffect(phase.isCommitted())
                    .cause(unreadable)
                    .build();
        }
    }

    /** CVE-2011-0411: what comes in plain text after the consent to TLS would be taken for the server's own afterwards. */
    private void requireNothingBeforeTls(ByteBuffer octets) {
        if (octets.hasRemaining() && login.isSecuring()) {
            broken = true;
            throw injected(null);
        }
    }

    /** Returns the failure of a connection on which somebody else seems to speak. */
    static MailException injected(@Nullable IOException cause) {
        return MailException.builder(
                        Kind.NETWORK,
                        "the server sent data between STARTTLS and the handshake; somebody may be in between")
                .permanent()
                .mayHaveTakenEffect(false)
                .cause(cause)
                .build();
    }

    /** TLS is on. */
    void secured() {
        login.secured();
    }

    /** Takes the piece of the message that was asked for; its octets are this object's from now on. */
    void content(ByteBuffer octets, boolean last) {
        Objects.requireNonNull(message).content(octets, last);
    }

    /** What lets the server accept the message is about to leave: from now on it may have been. */
    void committing() {
        Objects.requireNonNull(message).committing();
    }

    /** Answers whether the server has the message for all that is known. */
    boolean isCommitted() {
        return phase.isCommitted();
    }

    /** Answers whether the server has said anything about the message that was begun last. */
    boolean isMailAnswered() {
        return message != null && message.isMailAnswered();
    }

    /** Answers whether another message may follow on this connection. */
    boolean isReusable() {
        return !broken && !replies.isAmidReply() && message != null && message.isSettled();
    }

    private boolean isAccepted() {
        return message != null && phase == message && message.isAccepted();
    }

    /** Returns what the end of the connection, or a server that says nothing for too long, means now. */
    MailException lost(IOException failure) {
        broken = true;
        String what = phase.isCommitted()
                ? "the message may have been accepted; look for it before it is sent again"
                : "the message was not accepted";
        return MailException.builder(kind(failure), how(failure) + "; " + what)
                .mayHaveTakenEffect(phase.isCommitted())
                .cause(failure)
                .build();
    }

    private static Kind kind(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return Kind.TIMEOUT;
        }
        return failure instanceof InterruptedIOException ? Kind.CANCELLED : Kind.NETWORK;
    }

    private static String how(IOException failure) {
        return switch (kind(failure)) {
            case TIMEOUT -> "the server did not answer in time";
            case CANCELLED -> "the calling thread was interrupted";
            default -> "the connection broke";
        };
    }
}
