package dev.steadymail.cli;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.provider.MailAccount;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say which account, the same in every command. */
final class AccountArguments {
    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Where the mail is; see: steadymail --help")
    private String account = "";

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "A file with the password or token on its first line.")
    private @Nullable Path secretFile;

    AccountUrl url() {
        return ProviderAccounts.parse(account);
    }

    /**
     * Returns the account of a command that sends.
     *
     * @throws CommandException wrong usage, where it names no server to send by
     */
    AccountUrl sendingUrl() {
        AccountUrl url = url();
        if (url instanceof ImapUrl imap && imap.submission() == null) {
            throw CommandException.usage("ACCOUNT names no server to send by; add ?smtp=HOST:PORT to it,"
                    + " for example imaps://ada@mail.example.com?smtp=mail.example.com:465");
        }
        return url;
    }

    MailAccount open(AccountUrl url, CommandEnvironment environment) {
        return environment.accounts().open(url, environment.secrets(secretFile));
    }
}
