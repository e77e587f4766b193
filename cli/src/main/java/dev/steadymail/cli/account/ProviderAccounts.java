package dev.steadymail.cli.account;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Accounts;
import dev.steadymail.accounts.GmailUrl;
import dev.steadymail.accounts.InvalidAccountUrlException;
import dev.steadymail.accounts.Login;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.time.TimeSource;

/** The accounts of the providers that this command knows. */
public final class ProviderAccounts implements AccountOpener {
    private final Accounts accounts;

    /** Takes the clock and timers that refreshing tokens needs. */
    public ProviderAccounts(TimeSource time) {
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
        Login login = url instanceof GmailUrl ? questions.gmail() : questions.imap();
        try {
            return accounts.open(url, login);
        } catch (InvalidAccountUrlException wrong) {
            throw usage(wrong);
        }
    }

    private static CommandException usage(InvalidAccountUrlException wrong) {
        String where = wrong.mayHoldSecret() ? "; set STEADYMAIL_PASSWORD or use --secret-file" : "";
        return CommandException.usage("ACCOUNT: " + wrong.getMessage() + where);
    }
}
