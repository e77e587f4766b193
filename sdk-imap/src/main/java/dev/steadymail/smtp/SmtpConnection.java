package dev.steadymail.smtp;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.wire.BrokenProtocolException;
import dev.steadymail.imap.wire.Endpoint;
import dev.steadymail.imap.wire.IoThreads;
import dev.steadymail.imap.wire.OctetChannel;
import dev.steadymail.imap.wire.ReachFailure;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.provider.Submission;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Carries out a {@link SubmissionDialogue} over a connection, on the calling thread. One thread uses it at a time; {@link #abort} and
 * {@link #leave} may come from any.
 */
final class SmtpConnection {
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

    private final OctetChannel channel;
    private final SubmissionDialogue dialogue;
    private final SmtpSettings settings;
    private final SmtpLog log;
    private boolean failed;

    private SmtpConnection(OctetChannel channel, SubmissionDialogue dialogue, SmtpSettings settings, SmtpLog log) {
        this.channel = channel;
        this.dialogue = dialogue;
        this.settings = settings;
        this.log = log;
        dialogue.heardBy(log::received);
    }

    /** Prepares a connection; nothing is connected yet. */
    static SmtpConnection on(
            IoThreads threads, Traffic traffic, SubmissionDialogue dialogue, SmtpSettings settings, SmtpLog log) {
        try {
            return new SmtpConnection(OctetChannel.on(threads, traffic), dialogue, settings, log);
        } catch (IOException ended) {
            throw dialogue.lost(ended);
        }
    }

    /** Connects and logs in. */
    void open(Endpoint to, ReachFailure reach, Deadline deadline) {
        try {
            channel.connect(to);
            log.connected(channel.isSecured());
            while (!(step(deadline) instanceof Step.Ready)) {}
        } catch (IOException failure) {
            log.ended(failure);
            throw explained(failure, reach);
        }
    }

    private MailException explained(IOException failure, ReachFailure reach) {
        if (failure instanceof BrokenProtocolException broken && broken.isInjected()) {
            return SubmissionDialogue.injected(broken);
        }
        MailException unreached = reach.explain(failure);
        return unreached == null
                ? dialogue.lost(failure)
                : unreached.toBuilder().mayHaveTakenEffect(false).build();
    }

    /**
     * Sends a message.
     *
     * @return whom the server refused, while it took the message for the others
     * @throws MailException whose effect says whether the message may have been accepted
     */
    List<RefusedRecipient> send(PreparedMessage message, Submission submission, Deadline deadline) {
        try (SentContent content = SentContent.open(message)) {
            dialogue.begin(message);
            failed = true;
            List<RefusedRecipient> refused = send(content, submission, deadline);
            failed = false;
            return refused;
        } catch (IOException failure) {
            log.ended(failure);
            throw dialogue.lost(failure);
        }
    }

    private List<RefusedRecipient> send(SentContent content, Submission submission, Deadline deadline)
            throws IOException {
        while (true) {
            Step step = step(deadline);
            if (step instanceof Step.Content wanted) {
                if (hasRoom(deadline)) {
                    ByteBuffer piece = content.next(wanted.most());
                    dialogue.content(piece, content.isLast());
                }
            } else if (step instanceof Step.Commit commit) {
                if (hasRoom(deadline)) {
                    commit(commit.octets(), submission);
                }
            } else if (step instanceof Step.Accepted accepted) {
                return accepted.refused();
            }
        }
    }

    /** Does what needs no message, and returns what it was. */
    private Step step(Deadline deadline) throws IOException {
        Step step = dialogue.next();
        if (step instanceof Step.Write write) {
            log.sent(write);
            channel.write(write.octets());
        } else if (step instanceof Step.Await await) {
            dialogue.received(channel.read(limit(settings.limit(await.stage()), deadline)));
        } else if (step instanceof Step.Secure) {
            channel.secure();
            log.secured();
            dialogue.secured();
        }
        return step;
    }

    /** Answers whether all that was written has left and the server has nothing to say about it. */
    private boolean hasRoom(Deadline deadline) throws IOException {
        channel.awaitRoom(limit(settings.replyTimeout(), deadline));
        ByteBuffer said = channel.poll();
        if (said.hasRemaining()) {
            dialogue.received(said);
            return false;
        }
        return true;
    }

    /** Nothing that lets the server accept the message may leave on a connection that was given up. */
    private void commit(ByteBuffer octets, Submission submission) throws IOException {
        if (!channel.isOpen()) {
            throw new IOException("the connection is over");
        }
        submission.leaving();
        dialogue.committing();
        log.committing(octets.remaining());
        channel.write(octets);
    }

    private static Duration limit(Duration usual, Deadline deadline) throws SocketTimeoutException {
        Duration limit = deadline.atMost(usual);
        if (limit.isZero()) {
            throw new SocketTimeoutException("the call's deadline has passed");
        }
        return limit;
    }

    /** Answers whether the server may have the message that was sent last, and did not say so. */
    boolean isCommitted() {
        return dialogue.isCommitted();
    }

    /** Answers whether a connection that was kept has ended meanwhile, as far as the failed attempt to use it tells. */
    boolean wasStale() {
        return failed && !dialogue.isMailAnswered();
    }

    /** Answers whether another message may follow: the server is ready and has said nothing since. */
    boolean isReusable() {
        return channel.isOpen() && dialogue.isReusable() && !channel.poll().hasRemaining();
    }

    /** Says good-bye, and does not wait for the answer. */
    void leave() {
        log.leaving();
        channel.leave(CommandLine.of("QUIT"), PATIENCE_AT_END);
    }

    /** Breaks the connection. */
    void abort() {
        channel.abort();
    }
}
