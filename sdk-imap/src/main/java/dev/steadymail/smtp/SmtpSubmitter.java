package dev.steadymail.smtp;

import dev.steadymail.auth.Credentials;
import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Request;
import dev.steadymail.imap.sasl.LoginRefusals;
import dev.steadymail.imap.wire.Endpoint;
import dev.steadymail.imap.wire.IoThreads;
import dev.steadymail.imap.wire.ProxyRoute;
import dev.steadymail.imap.wire.ReachFailure;
import dev.steadymail.imap.wire.ServerAddresses;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.Submission;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Submits the messages of one account, one at a time: each passes the guard of the submission server in the lane of what is to be sent,
 * and each attempt has the connection for itself. A connection is kept for a while; one that has died meanwhile is replaced without a
 * word. For providers. Thread-safe.
 */
public final class SmtpSubmitter implements AutoCloseable {
    private static final Duration WITHOUT_CONTENT = Duration.ofMinutes(20);
    private static final long SLOWEST_BYTES_PER_SECOND = 10_000;

    private final SmtpServer server;
    private final Credentials credentials;
    private final @Nullable SSLContext trust;
    private final Way way;
    private final ProviderContext context;
    private final KeptConnection kept;
    private final LoginRefusals refusals = new LoginRefusals();

    /**
     * How an account reaches its submission server, beyond what the server's own settings say.
     *
     * @param credentials the account's
     * @param trust whom the account trusts, null for the system's authorities
     * @param proxy finds the way through the account's proxy for each connection
     * @param preferXoauth2 whether XOAUTH2 comes before OAUTHBEARER
     */
    public record Way(Credentials credentials, @Nullable SSLContext trust, ProxySupplier proxy, boolean preferXoauth2) {
        @Override
        public String toString() {
            return "Way[hidden]";
        }
    }

    /** Finds the way through a proxy; may ask a resolver. */
    @FunctionalInterface
    public interface ProxySupplier {
        /** Returns the way, null where there is no proxy. */
        @Nullable
        ProxyRoute route();
    }

    private SmtpSubmitter(SmtpServer server, Way way, ProviderContext context) {
        this.server = server;
        this.way = way;
        this.credentials = server.credentialsOr(way.credentials());
        this.trust = server.trustOr(way.trust());
        this.context = context.beside(new SubmissionDoor(credentials.user(), server.scope()));
        this.kept =
                new KeptConnection(context.time().scheduler(), server.settings().keepOpen());
    }

    /**
     * Begins to submit for an account; does no I/O.
     *
     * @param context the account's; the submitter has a guard of its own beside it
     */
    public static SmtpSubmitter open(SmtpServer server, Way way, ProviderContext context) {
        return new SmtpSubmitter(server, way, context);
    }

    /**
     * Submits a message to those that its To, Cc and Bcc fields name. Bcc does not leave.
     *
     * @return whom the server refused, while it took the message for the others
     * @throws MailException INVALID, TOO_LARGE or UNSUPPORTED for a message that cannot be sent like that; with {@link
     *     MailException#mayHaveTakenEffect} where the server may have taken it, and else it surely did not
     */
    public List<RefusedRecipient> submit(Submission submission, Call call) {
        PreparedMessage message = PreparedMessage.read(submission.content());
        Duration timeout = WITHOUT_CONTENT.plusSeconds(message.octets() / SLOWEST_BYTES_PER_SECOND);
        Passage passage = new Passage(message, submission, call.deadline());
        try {
            return context.guard().call(Request.once("SMTP", timeout), Lane.SEND, call.deadline(), passage::attempt);
        } catch (MailException failure) {
            return passage.outcome(failure);
        }
    }

    /** Ends the connection that is kept, and refuses further messages. Harmless when repeated. */
    @Override
    public void close() {
        context.guard().close();
        kept.close();
    }

    private SmtpConnection connect(Deadline deadline, Cancellation cancellation) {
        refusals.requireUsable(credentials, deadline);
        SmtpSettings settings = server.settings();
        Endpoint endpoint = endpoint(settings);
        Refusal refusal = new Refusal(context.time().clock());
        LoginDialogue login = new LoginDialogue(
                server.security(),
                settings.ehloName(),
                way.preferXoauth2(),
                new AccountLogin(credentials, server.host(), server.port(), deadline),
                refusal);
        SmtpConnection connection = SmtpConnection.on(
                context.shared().get(IoThreads.class, IoThreads::forThisMachine),
                context.traffic(),
                new SubmissionDialogue(login, settings.deliveryNotices(), refusal),
                settings,
                new SmtpLog(context.telemetry()
                        .protocolLog()
                        .connection(context.telemetry().protocol())));
        cancellation.onCancel(connection::abort);
        try {
            connection.open(
                    endpoint,
                    new ReachFailure(server.host(), server.port(), settings.connectTimeout(), settings.tlsTimeout()),
                    deadline);
            refusals.forget();
            return connection;
        } catch (MailException failure) {
            connection.abort();
            if (failure.kind() == Kind.AUTH && failure.providerCode().isPresent()) {
                refusals.count();
            }
            throw failure;
        }
    }

    private Endpoint endpoint(SmtpSettings settings) {
        return new Endpoint(
                server.host(),
                ServerAddresses.of(context.resolver(), server.host(), server.port(), server.isLoopbackOnly()),
                server.security() == SmtpServer.Security.IMPLICIT_TLS,
                trust,
                settings.connectTimeout(),
                settings.tlsTimeout(),
                settings.limit(Stage.GREETING),
                way.proxy().route());
    }

    /** One message on its way through its attempts, and what is known of it. Confined to the calling thread. */
    private final class Passage {
        private final PreparedMessage message;
        private final Submission submission;
        private final Deadline deadline;
        private boolean unclear;
        private @Nullable List<RefusedRecipient> accepted;

        Passage(PreparedMessage message, Submission submission, Deadline deadline) {
            this.message = message;
            this.submission = submission;
            this.deadline = deadline;
        }

        List<RefusedRecipient> attempt(Cancellation cancellation) {
            context.traffic().countRequests(1);
            try {
                SmtpConnection old = kept.take();
                if (old != null) {
                    cancellation.onCancel(old::abort);
                    try {
                        return over(old, cancellation);
                    } catch (MailException failure) {
                        if (!old.wasStale() || cancellation.isCancelled()) {
                            throw failure;
                        }
                    }
                }
                return over(connect(deadline, cancellation), cancellation);
            } catch (MailException failure) {
                throw failure.effect().isPresent()
                        ? failure
                        : failure.toBuilder().mayHaveTakenEffect(false).build();
            } finally {
                cancellation.clear();
            }
        }

        private List<RefusedRecipient> over(SmtpConnection connection, Cancellation cancellation) {
            try {
                List<RefusedRecipient> refused = connection.send(message, submission, deadline);
                accepted = refused;
                return refused;
            } finally {
                unclear = accepted == null && connection.isCommitted();
                cancellation.clear();
                if (cancellation.isCancelled()) {
                    // What breaks it may still be on its way, and must not meet the next message.
                    connection.abort();
                } else {
                    kept.put(connection);
                }
            }
        }

        /** The guard ends attempts without knowing how far they came; whoever made them does. */
        List<RefusedRecipient> outcome(MailException failure) {
            List<RefusedRecipient> known = accepted;
            if (known != null) {
                return known;
            }
            if (failure.effect().equals(Optional.of(unclear))) {
                throw failure;
            }
            throw failure.toBuilder().mayHaveTakenEffect(unclear).build();
        }
    }
}
