package dev.steadymail.cli;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.cli.account.ProviderAccounts;
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

    MailAccount open(AccountUrl url, CommandEnvironment environment) {
        return environment.accounts().open(url, environment.secrets(secretFile));
    }
}
