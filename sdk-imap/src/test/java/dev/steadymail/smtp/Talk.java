package dev.steadymail.smtp;

import dev.steadymail.auth.Credentials;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.provider.Submission;
import dev.steadymail.smtp.SmtpServer.Security;
import dev.steadymail.testkit.smtp.SmtpAction;
import dev.steadymail.testkit.smtp.SmtpFaultPlan;
import dev.steadymail.testkit.smtp.SmtpMailroom;
import dev.steadymail.testkit.smtp.SmtpSession;
import dev.steadymail.testkit.smtp.SmtpSettings;
import dev.steadymail.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dialogue with a server that has no sockets: the line between them takes no time, can be cut behind any octet of either direction,
 * and a server that falls silent is a timeout at once.
 */
final class Talk {
    private static final int MOST_REPEATED = 1 << 20;

    final SmtpMailroom mailroom;
    private final SmtpSession session;
    private final SubmissionDialogue dialogue;
    private final ByteArrayOutputStream inbox = new ByteArrayOutputStream();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int toServer = Integer.MAX_VALUE;
    private int toClient = Integer.MAX_VALUE;
    private int piece = Integer.MAX_VALUE;
    private int heard;
    private boolean over;

    /** How much each side had said when the message left, and when the server had accepted it. */
    int saidAtCommit = -1;

    int heardAtCommit = -1;
    int heardAtEnd = -1;

    Talk(SmtpSettings settings, SmtpFaultPlan faults, Credentials credentials) {
        this(settings, faults, credentials, null);
    }

    Talk(SmtpSettings settings, SmtpFaultPlan faults, Credentials credentials, @Nullable DeliveryNotices notices) {
        this(settings, faults, credentials, notices, new SmtpMailroom());
    }

    /** A dialogue with one of several connections to a server. */
    Talk(
            SmtpSettings settings,
            SmtpFaultPlan faults,
            Credentials credentials,
            @Nullable DeliveryNotices notices,
            SmtpMailroom shared) {
        mailroom = shared;
        session = new SmtpSession(settings, mailroom, faults);
        Refusal refusal = new Refusal(InstantSource.system());
        Deadline deadline = new Deadline(Long.MAX_VALUE, () -> 0);
        LoginSource login = new AccountLogin(credentials, "smtp.test", 465, deadline);
        dialogue = new SubmissionDialogue(
                new LoginDialogue(Security.IMPLICIT_TLS, "[127.0.0.1]", false, login, refusal), notices, refusal);
    }

    /** Cuts the line behind so many octets of the client's. */
    Talk cutToServer(int octets) {
        toServer = octets;
        return this;
    }

    /** Cuts the line behind so many octets of the server's. */
    Talk cutToClient(int octets) {
        toClient = octets;
        return this;
    }

    /** Brings the server's octets so many at a time. */
    Talk inPieces(int octets) {
        piece = octets;
        return this;
    }

    Talk login() {
        session.open(true);
        collect();
        while (!(step() instanceof Step.Ready)) {}
        return this;
    }

    List<RefusedRecipient> send(PreparedMessage message) {
        return send(message, Submission.of(message.content()));
    }

    List<RefusedRecipient> send(PreparedMessage message, Submission submission) {
        dialogue.begin(message);
        try (SentContent content = SentContent.open(message)) {
            while (true) {
                Step step = step();
                if (step instanceof Step.Content wanted && hasRoom()) {
                    ByteBuffer next = content.next(wanted.most());
                    dialogue.content(next, content.isLast());
                } else if (step instanceof Step.Commit commit && hasRoom()) {
                    submission.leaving();
                    dialogue.committing();
                    saidAtCommit = said();
                    heardAtCommit = heard;
                    write(commit.octets());
                } else if (step instanceof Step.Accepted accepted) {
                    heardAtEnd = heard;
                    return accepted.refused();
                }
            }
        }
    }

    boolean isReusable() {
        return dialogue.isReusable();
    }

    /** Returns how many octets the client has said. */
    int said() {
        return written.size();
    }

    String written() {
        return written.toString(StandardCharsets.ISO_8859_1);
    }

    private Step step() {
        Step step = dialogue.next();
        if (step instanceof Step.Write write) {
            write(write.octets());
        } else if (step instanceof Step.Await) {
            if (!deliver()) {
                throw lost();
            }
        }
        return step;
    }

    private boolean hasRoom() {
        if (deliver()) {
            return false;
        }
        if (over) {
            throw lost();
        }
        return true;
    }

    private MailException lost() {
        return dialogue.lost(over ? new EOFException("cut") : new SocketTimeoutException("silent"));
    }

    private boolean deliver() {
        if (inbox.size() == 0) {
            return false;
        }
        byte[] all = inbox.toByteArray();
        int count = Math.min(piece, all.length);
        inbox.reset();
        inbox.write(all, count, all.length - count);
        heard += count;
        dialogue.received(ByteBuffer.wrap(Arrays.copyOf(all, count)));
        return true;
    }

    private void write(ByteBuffer octets) {
        if (over) {
            return;
        }
        byte[] all = new byte[octets.remaining()];
        octets.get(all);
        int count = Math.min(all.length, toServer - said());
        written.write(all, 0, count);
        session.receive(all, 0, count);
        collect();
        over |= count < all.length;
    }

    private void collect() {
        for (SmtpAction action = session.next(); action != null; action = session.next()) {
            if (action instanceof SmtpAction.Send send) {
                hear(send.octets());
            } else if (action instanceof SmtpAction.Repeat repeat) {
                hear(repeat.octets().repeat((int)
                        Math.min(repeat.times(), MOST_REPEATED / repeat.octets().length())));
            } else if (action instanceof SmtpAction.Close || action instanceof SmtpAction.Cut) {
                over = true;
            }
        }
    }

    private void hear(String octets) {
        byte[] all = octets.getBytes(StandardCharsets.ISO_8859_1);
        int count = Math.max(0, Math.min(all.length, toClient - heard - inbox.size()));
        inbox.write(all, 0, count);
        over |= count < all.length;
    }
}
