package dev.steadymail.cli.account;

import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Tokens;
import dev.steadymail.cli.account.AccountUrl.Gmail;
import dev.steadymail.cli.account.AccountUrl.Imap;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;

/** The accounts of the providers that this command knows. */
public final class ProviderAccounts implements Accounts {
    private final TimeSource time;

    /** Takes the clock and timers that refreshing tokens needs. */
    public ProviderAccounts(TimeSource time) {
        this.time = time;
    }

    @Override
    public MailAccount open(AccountUrl url, Secrets secrets) {
        return url instanceof Gmail gmail ? gmail(gmail, secrets) : imap((Imap) url, secrets);
    }

    private static MailAccount imap(Imap url, Secrets secrets) {
        ImapAccount account = ImapAccount.at(url.host(), credentials(url, secrets))
                .security(security(url.security()))
                .port(url.port());
        Path ca = url.ca();
        return ca == null ? account : trusting(ca, account);
    }

    private static ImapAccount trusting(Path ca, ImapAccount account) {
        try {
            return account.trusting(ca);
        } catch (MailException unusable) {
            if (unusable.kind() != Kind.INVALID) {
                throw unusable;
            }
            throw CommandException.usage("ca must name a readable PEM file with at least one certificate");
        }
    }

    private static ImapAccount.Security security(AccountUrl.Security security) {
        return switch (security) {
            case IMPLICIT_TLS -> ImapAccount.Security.IMPLICIT_TLS;
            case STARTTLS -> ImapAccount.Security.STARTTLS;
            case NONE -> ImapAccount.Security.NONE_LOOPBACK_ONLY;
        };
    }

    /** A password wins over an access token, and what was named on the command line over the environment. */
    private static Credentials credentials(Imap url, Secrets secrets) {
        String user = url.user();
        return secrets.fromFile()
                .or(() -> secrets.variable("STEADYMAIL_PASSWORD"))
                .map(password -> Credentials.password(user, password))
                .or(() -> secrets.variable("STEADYMAIL_TOKEN")
                        .map(token -> Credentials.bearer(user, Tokens.fixed(token))))
                .or(() -> secrets.asked("Password: ").map(password -> Credentials.password(user, password)))
                .orElseThrow(
                        () -> CommandException.credentials(
                                "there is no password; set STEADYMAIL_PASSWORD or STEADYMAIL_TOKEN, or give --secret-file FILE"));
    }

    private MailAccount gmail(Gmail url, Secrets secrets) {
        GmailAccount account =
                GmailAccount.with(GoogleTokens.of(url, secrets, time)).user(url.user());
        URI elsewhere = url.root();
        return elsewhere == null ? account : account.rootUrl(elsewhere);
    }
}
