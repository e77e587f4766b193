package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** STATUS (RFC 3501 section 6.3.10): counters of a mailbox that is not selected. */
public final class Status implements Exchange<MailboxCounters> {
    private final String mailbox;
    private final Set<StatusItem> items;
    private final BiConsumer<String, MailboxCounters> each;
    private @Nullable MailboxCounters counters;

    /** Asks for items of a mailbox, named as the server spells it. */
    public Status(String mailbox, Set<StatusItem> items) {
        this(mailbox, items, (other, counters) -> {});
    }

    /**
     * Asks for items of a mailbox, named as the server spells it.
     *
     * @param each takes the counters of every mailbox that is told of meanwhile, which with NOTIFY (RFC 5465) may be others
     */
    public Status(String mailbox, Set<StatusItem> items, BiConsumer<String, MailboxCounters> each) {
        this.mailbox = mailbox;
        this.items = Set.copyOf(items);
        this.each = each;
    }

    @Override
    public Command command() {
        return Command.named("STATUS").mailbox(mailbox).words(StatusItem.list(items));
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.MailboxStatus status) {
            String name = ListedMailbox.canonical(status.name());
            MailboxCounters told = MailboxCounters.of(status);
            if (name.equals(ListedMailbox.canonical(mailbox))) {
                counters = told;
            }
            each.accept(name, told);
        }
    }

    /** Returns what was told until now, or null. */
    public @Nullable MailboxCounters told() {
        return counters;
    }

    /**
     * Returns the counters.
     *
     * @throws NoAnswerException where the server told none of this mailbox
     */
    @Override
    public MailboxCounters result(StatusText completed) {
        MailboxCounters told = counters;
        if (told == null) {
            throw new NoAnswerException("STATUS");
        }
        return told;
    }
}
