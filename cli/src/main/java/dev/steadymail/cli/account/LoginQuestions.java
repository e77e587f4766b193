package dev.steadymail.cli.account;

import dev.steadymail.accounts.Login;
import dev.steadymail.cli.outcome.CommandException;
import java.util.Optional;

/** Finds the login for an account: what was named on the command line wins over the environment, and that over a prompt. */
final class LoginQuestions {
    private static final String CLIENT_ID = "STEADYMAIL_CLIENT_ID";

    private final Secrets secrets;

    LoginQuestions(Secrets secrets) {
        this.secrets = secrets;
    }

    /** A password wins over an access token. */
    Login imap() {
        return secrets.fromFile()
                .or(() -> secrets.variable("STEADYMAIL_PASSWORD"))
                .map(Login::password)
                .or(() -> secrets.variable("STEADYMAIL_TOKEN").map(Login::accessToken))
                .or(() -> secrets.asked("Password: ").map(Login::password))
                .orElseThrow(
                        () -> CommandException.credentials(
                                "there is no password; set STEADYMAIL_PASSWORD or STEADYMAIL_TOKEN, or give --secret-file FILE"));
    }

    /** With a client id, the file holds a refresh token; without one it could only be an access token. */
    Login gmail() {
        Optional<Login> given = secrets.fromFile()
                .map(secret ->
                        secrets.variable(CLIENT_ID).isPresent() ? refreshing(secret) : Login.accessToken(secret));
        return given.or(() -> secrets.variable("STEADYMAIL_REFRESH_TOKEN").map(this::refreshing))
                .or(() -> secrets.variable("STEADYMAIL_TOKEN").map(Login::accessToken))
                .or(() -> secrets.asked("Access token: ").map(Login::accessToken))
                .orElseThrow(() -> CommandException.credentials(
                        "there is no token; set STEADYMAIL_TOKEN, or STEADYMAIL_REFRESH_TOKEN with STEADYMAIL_CLIENT_ID"
                                + " and STEADYMAIL_CLIENT_SECRET, or give --secret-file FILE"));
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
