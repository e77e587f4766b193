package dev.steadymail.cli;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.cli.terminal.SafeText;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.Role;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the mailboxes of an account. */
@Command(
        description = "Lists mailboxes, one a line: role (or -), tab, full name.",
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class)
final class MailboxesCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Option(names = "--json", description = "One JSON object a line instead.")
    private boolean json;

    MailboxesCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return new Question(environment, account)
                .ask(client -> client.mailboxes().list().forEach(this::print));
    }

    private void print(Mailbox mailbox) {
        environment.out().print((json ? json(mailbox) : text(mailbox)) + "\n");
    }

    private static String text(Mailbox mailbox) {
        String role = role(mailbox);
        return (role == null ? "-" : role) + "\t" + SafeText.line(mailbox.fullName());
    }

    private static String json(Mailbox mailbox) {
        return new JsonLine()
                .put("role", role(mailbox))
                .put("name", mailbox.fullName())
                .toString();
    }

    private static @Nullable String role(Mailbox mailbox) {
        Role role = mailbox.role();
        return role == null ? null : role.name().toLowerCase(Locale.ROOT);
    }
}
