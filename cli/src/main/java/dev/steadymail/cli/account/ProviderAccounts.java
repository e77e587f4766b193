package dev.steadymail.cli.account;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Accounts;
import dev.steadymail.accounts.GmailUrl;
import dev.steadymail.accounts.InvalidAccountUrlException;
import dev.steadymail.accounts.Login;
import dev.steadymail.accounts.StoredLogins;
import dev.steadymail.auth.FileTokenStore;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.time.TimeSource;
import java.nio.file.Files;
import java.util.Optional;

/** The accounts of the providers that this command knows. */
public final class ProviderAccounts implements AccountOpener {
    private final TimeSource time;
    private final Accounts accounts;

    /** Takes the clock and timers that refreshing tokens needs. */
    public ProviderAccounts(TimeSource time) {
        this.time = time;
        this.accounts = new Accounts(time, HostResolver.SYSTEM);
    }

    /**
     * Reads the ACCOUNT argument.
     *
     * @throws CommandException wrong usage, with a remedy; nothing of the argument is repeated, since people paste passwords into it
     */
    public static AccountUrl parse(String argument) {
        try {
            return AccountUrl.parse(argument);
        } catch (InvalidAccountUrlException wrong) {
            throw usage(wrong);
        }
    }

    @Override
    public MailAccount open(AccountUrl url, Secrets secrets) {
        LoginQuestions questions = new LoginQuestions(secrets);
        boolean isGmail = url instanceof GmailUrl;
        Optional<Login> given = isGmail ? questions.givenForGmail() : questions.givenForImap();
        try {
            if (given.isPresent()) {
                return accounts.open(url, given.get());
            }
            Optional<TokenSource> stored = stored(url, secrets);
            if (stored.isPresent()) {
                return accounts.open(url, stored.get());
            }
            return accounts.open(url, isGmail ? questions.askedForGmail() : questions.askedForImap());
        } catch (InvalidAccountUrlException wrong) {
            throw usage(wrong);
        }
    }

    /** Looks only where there is something: reading makes no folder. */
    private Optional<TokenSource> stored(AccountUrl url, Secrets secrets) {
        return LoginFolder.of(secrets)
                .filter(Files::isDirectory)
                .flatMap(folder -> new StoredLogins(FileTokenStore.open(folder), time, HostResolver.SYSTEM).find(url));
    }

    private static CommandException usage(InvalidAccountUrlException wrong) {
        String where = wrong.mayHoldSecret() ? "; set STEADYMAIL_PASSWORD or use --secret-file" : "";
        return CommandException.usage("ACCOUNT: " + wrong.getMessage() + where);
    }
}
