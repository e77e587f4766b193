package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.ArrayList;
import java.util.List;

/** GETQUOTAROOT (RFC 9208 section 4.1.3): what limits a mailbox, and how much of it is used. The result is empty where nothing does. */
public final class GetQuotaRoot implements Exchange<List<Response.Quota>> {
    private final String mailbox;
    private final List<String> roots = new ArrayList<>();
    private final List<Response.Quota> quotas = new ArrayList<>();
    private boolean answered;

    /** Takes the name as the server spells it. */
    public GetQuotaRoot(String mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public Command command() {
        return Command.named("GETQUOTAROOT").mailbox(mailbox);
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.QuotaRoots told) {
            answered = true;
            roots.addAll(told.roots());
        } else if (reply.response() instanceof Response.Quota told) {
            quotas.add(told);
        }
    }

    /**
     * Returns the quotas of the mailbox's roots.
     *
     * @throws NoAnswerException where the server told neither roots nor quotas
     */
    @Override
    public List<Response.Quota> result(StatusText completed) {
        if (!answered && quotas.isEmpty()) {
            throw new NoAnswerException("GETQUOTAROOT");
        }
        return quotas.stream()
                .filter(quota -> !answered || roots.contains(quota.root()))
                .toList();
    }
}
