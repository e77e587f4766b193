package dev.steadymail.imap;

import dev.steadymail.imap.quirk.ProviderQuirks;
import dev.steadymail.imap.quirk.Quirk;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.SendResult.Sent;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MessageHeader;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.Submission;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.smtp.SmtpServer.Security;
import dev.steadymail.smtp.SmtpSubmitter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends by the account's submission server, and puts the copy into the mailbox with role sent, Bcc included, where the provider does not
 * do that itself. Once the server took a message nothing that goes wrong afterwards makes it look as if it had not. Thread-safe.
 */
final class SubmissionDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SubmissionDesk.class);
    private static final int LARGEST_DRAFT = 35 << 20;

    private final ImapCalls calls;
    private final RawFetch raw;
    private final SmtpSubmitter submitter;
    private final boolean savesSent;
    /** The drafts that are being sent; as many as there are calls. */
    private final Set<EmailId> leaving = ConcurrentHashMap.newKeySet();

    private SubmissionDesk(ImapCalls calls, RawFetch raw, SmtpSubmitter submitter, boolean savesSent) {
        this.calls = calls;
        this.raw = raw;
        this.submitter = submitter;
        this.savesSent = savesSent;
    }

    /** Returns the account's, null where it has no submission server. */
    static @Nullable SubmissionDesk of(ImapAccount account, ProviderContext context, ImapCalls calls, RawFetch raw) {
        SmtpServer server = account.submission();
        if (server == null) {
            return null;
        }
        ProviderQuirks provider = ProviderQuirks.of(server.host(), "", Set.of());
        ImapProxy proxy = account.proxy();
        boolean loopbackOnly = server.security() == Security.NONE_LOOPBACK_ONLY;
        SmtpSubmitter.Way way = new SmtpSubmitter.Way(
                account.credentials(),
                account.trust(),
                () -> proxy == null ? null : proxy.route(context.resolver(), loopbackOnly),
                provider.has(Quirk.PREFERS_XOAUTH2));
        SmtpSubmitter submitter = SmtpSubmitter.open(server, way, context);
        return new SubmissionDesk(calls, raw, submitter, provider.has(Quirk.SAVES_SENT));
    }

    SendResult send(Submission submission, Call call) {
        return SendResult.of(() -> submit(submission, call));
    }

    private Sent submit(Submission submission, Call call) {
        List<RefusedRecipient> refused = submitter.submit(submission, call);
        submission.accepted(refused);
        return new Sent(savesSent ? null : saved(submission.content(), call), null, refused);
    }

    /**
     * Sends a draft and removes it once the server took it; after any other end it is still there. Of calls at the same time one sends
     * it, and the others fail at once with kind CONFLICT. Who sends it from elsewhere at the same time is not noticed.
     */
    SendResult sendDraft(EmailId draft, Call call) {
        if (!leaving.add(draft)) {
            throw MailException.builder(
                            Kind.CONFLICT, "the draft is being sent by another call; wait for what comes of that one")
                    .permanent()
                    .mayHaveTakenEffect(false)
                    .build();
        }
        try {
            return sendAlone(draft, call);
        } finally {
            leaving.remove(draft);
        }
    }

    private SendResult sendAlone(EmailId draft, Call call) {
        var unused = new DraftBox(calls).require(draft, call);
        RawContent content = content(draft, call);
        SendResult result = send(Submission.of(content), call);
        if (result instanceof Sent) {
            removeDraft(draft, call);
        }
        return result;
    }

    private RawContent content(EmailId draft, Call call) {
        try (InputStream octets = raw.open(draft, call)) {
            byte[] message = octets.readNBytes(LARGEST_DRAFT + 1);
            if (message.length > LARGEST_DRAFT) {
                throw MailException.of(
                        Kind.TOO_LARGE, "a draft must have at most 35 MiB to be sent; send a link instead of the file");
            }
            return RawContent.of(message);
        } catch (IOException failure) {
            throw MessageHeader.unreadable(failure);
        }
    }

    private void removeDraft(EmailId draft, Call call) {
        try {
            new EmailRemoval(calls).destroy(List.of(draft), call);
        } catch (RuntimeException failure) {
            LOG.warn("a draft was sent but could not be removed: {}", nameOf(failure));
        }
    }

    /** Messages of other failures may hold content. */
    private static Object nameOf(RuntimeException failure) {
        return failure instanceof MailException known ? known.kind() : failure.getClass();
    }

    /** Returns the copy that was put into the mailbox with role sent, null where that went wrong. */
    private @Nullable EmailId saved(RawContent content, Call call) {
        try {
            return calls.read("LIST", null, call, MailboxList::fetch).stream()
                    .filter(mailbox -> mailbox.role() == Role.SENT)
                    .findFirst()
                    .map(sent -> save(content, sent, call))
                    .orElse(null);
        } catch (RuntimeException failure) {
            // Whatever it is, thrown it would say that the message was not sent.
            LOG.warn("a message was sent but its copy could not be saved: {}", nameOf(failure));
            return null;
        }
    }

    private EmailId save(RawContent content, Mailbox sent, Call call) {
        EmailImport into = EmailImport.into(sent.id()).with(Set.of(Keyword.SEEN));
        return new EmailAppend(calls).add(content, into, call);
    }

    @Override
    public void close() {
        submitter.close();
    }
}
