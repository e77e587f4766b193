package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CREATE (RFC 3501 section 6.3.3), with a use where the server has CREATE-SPECIAL-USE (RFC 6154 section 3). The result is the identity of
 * the new mailbox, where the server tells it (RFC 8474 section 4.1).
 */
public final class CreateMailbox implements Exchange<Optional<String>> {
    private static final Pattern ID = Pattern.compile("\\(([A-Za-z0-9_-]{1,255})\\)");

    private final String mailbox;
    private final List<String> uses;

    private CreateMailbox(String mailbox, List<String> uses) {
        this.mailbox = mailbox;
        this.uses = uses;
    }

    /** Creates a mailbox, named as the server would spell it: see {@link MailboxName#encoded}. */
    public static CreateMailbox named(String mailbox) {
        return new CreateMailbox(mailbox, List.of());
    }

    /** Gives it a use, {@code \Drafts} for example. */
    public CreateMailbox use(String attribute) {
        return new CreateMailbox(mailbox, List.of(attribute));
    }

    @Override
    public Command command() {
        Command command = Command.named("CREATE").mailbox(mailbox);
        return uses.isEmpty() ? command : command.words("(USE").flags(uses).words(")");
    }

    @Override
    public Optional<String> result(StatusText completed) {
        Matcher id = ID.matcher(completed.arguments());
        return "MAILBOXID".equals(completed.code()) && id.matches() ? Optional.of(id.group(1)) : Optional.empty();
    }
}
