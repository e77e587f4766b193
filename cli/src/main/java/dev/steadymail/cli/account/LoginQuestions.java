package dev.steadymail.cli.account;

import dev.steadymail.accounts.Login;
import dev.steadymail.cli.outcome.CommandException;
import java.util.Optional;

/**
 * Finds the login for an account: what was named on the command line wins over the environment, that over what {@code login} stored, and
 * that over a prompt.
 */
final class LoginQuestions {
    private static final String CLIENT_ID = "STEADYMAIL_CLIENT_ID";

    private final Secrets secrets;

    LoginQuestions(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Returns what was given for an IMAP account; a password wins over an access token. */
    Optional<Login> givenForImap() {
        return secrets.fromFile()
                .or(() -> secrets.variable("STEADYMAIL_PASSWORD"))
                .map(Login::password)
                .or(() -> secrets.variable("STEADYMAIL_TOKEN").map(Login::accessToken));
    }

    Login askedForImap() {
        return secrets.asked("Password: ")
                .map(Login::password)
                .orElseThrow(
                        () -> CommandException.credentials(
                                "there is no password; set STEADYMAIL_PASSWORD or STEADYMAIL_TOKEN, or give --secret-file FILE"));
    }

    /** Returns what was given for a Gmail account. With a client id, the file holds a refresh token; without, only an access token fits. */
    Optional<Login> givenForGmail() {
        Optional<Login> fromFile = secrets.fromFile()
                .map(secret ->
                        secrets.variable(CLIENT_ID).isPresent() ? refreshing(secret) : Login.accessToken(secret));
        return fromFile.or(() -> secrets.variable("STEADYMAIL_REFRESH_TOKEN").map(this::refreshing))
                .or(() -> secrets.variable("STEADYMAIL_TOKEN").map(Login::accessToken));
    }

    Login askedForGmail() {
        return secrets.asked("Access token: ")
                .map(Login::accessToken)
                .orElseThrow(() -> CommandException.credentials(
                        "there is no token; run steadymail login gmail USER once, or set STEADYMAIL_TOKEN, or"
                                + " STEADYMAIL_REFRESH_TOKEN with STEADYMAIL_CLIENT_ID and STEADYMAIL_CLIENT_SECRET, or give"
                                + " --secret-file FILE"));
    }

    private Login refreshing(String refreshToken) {
        String clientId = secrets.variable(CLIENT_ID)
                .orElseThrow(
                        () -> CommandException.credentials(
                                "STEADYMAIL_REFRESH_TOKEN needs STEADYMAIL_CLIENT_ID, and STEADYMAIL_CLIENT_SECRET if there is one"));
        String clientSecret = secrets.variable("STEADYMAIL_CLIENT_SECRET").orElse(null);
        return Login.refreshToken(clientId, clientSecret, refreshToken);
    }
}
