package dev.steadymail;

import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.time.Deadline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One account as calls of one lane reach it. Cheap and thread-safe; it shares everything with the client that it comes from and ends
 * with it.
 *
 * <pre>{@code
 * for (Email email : mail.in(Lane.BACKFILL).emails().query(EmailQuery.everywhere())) {
 *     ...
 * }
 * }</pre>
 */
public final class MailView {
    private final MailClient client;
    private final Lane lane;
    private final @Nullable Deadline deadline;

    MailView(MailClient client, Lane lane, @Nullable Deadline deadline) {
        this.client = client;
        this.lane = lane;
        this.deadline = deadline;
    }

    /** Returns the account's mailboxes, to list and to find. */
    public Mailboxes mailboxes() {
        return new Mailboxes(this);
    }

    /** Returns the account's emails, to query, read and change. */
    public Emails emails() {
        return new Emails(this);
    }

    /**
     * Returns a conversation.
     *
     * @throws MailException UNSUPPORTED without capability THREADS, NOT_FOUND where it is gone
     */
    public EmailThread thread(ThreadId thread) {
        return provider().thread(thread, call());
    }

    /** Returns the account's drafts, to write, replace and send. */
    public Drafts drafts() {
        return new Drafts(this);
    }

    /**
     * Returns whom the account may send as, the usual one first.
     *
     * @throws MailException UNSUPPORTED without capability IDENTITIES
     */
    public List<Identity> identities() {
        return provider().identities(call());
    }

    /**
     * Returns the answer that the provider gives while the owner is away.
     *
     * @throws MailException UNSUPPORTED without capability VACATION
     */
    public VacationResponse vacation() {
        return provider().vacation(call());
    }

    /**
     * Sets the answer that the provider gives while the owner is away.
     *
     * @throws MailException UNSUPPORTED without capability VACATION, INVALID where the provider does not take it
     */
    public void setVacation(VacationResponse vacation) {
        provider().setVacation(vacation, call());
    }

    MailProvider provider() {
        return client.provider();
    }

    /** What the next provider call carries along: each has the client's call timeout for itself, unless all share one deadline. */
    Call call() {
        return new Call(deadline == null ? client.deadline() : deadline, lane);
    }

    <T> CompletableFuture<T> async(Supplier<T> blocking) {
        return client.async(blocking);
    }
}
