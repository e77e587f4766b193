package dev.steadymail.cli.account;

import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.cli.account.AccountUrl.Gmail;
import dev.steadymail.cli.outcome.CommandException;

/** Access tokens for a Gmail account: one given as it is, or one refreshed whenever it runs out. */
final class GoogleTokens {
    private GoogleTokens() {}

    static TokenSource of(Gmail url, Secrets secrets) {
        return secrets.fromFile()
                .or(() -> secrets.variable("STEADYMAIL_TOKEN"))
                .or(() -> secrets.asked("Access token: "))
                .map(Tokens::fixed)
                .orElseThrow(() -> CommandException.credentials(
                        "there is no token; set STEADYMAIL_TOKEN, or STEADYMAIL_REFRESH_TOKEN with STEADYMAIL_CLIENT_ID"
                                + " and STEADYMAIL_CLIENT_SECRET, or give --secret-file FILE"));
    }
}
