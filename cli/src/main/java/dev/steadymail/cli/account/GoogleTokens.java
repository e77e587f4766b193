package dev.steadymail.cli.account;

import dev.steadymail.auth.RefreshingTokens;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.auth.Tokens;
import dev.steadymail.cli.account.AccountUrl.Gmail;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.gmail.GoogleTokenEndpoint;
import dev.steadymail.mail.AccountId;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.util.Optional;

/** Access tokens for a Gmail account: one given as it is, or one refreshed whenever it runs out. */
final class GoogleTokens {
    private static final String CLIENT_ID = "STEADYMAIL_CLIENT_ID";

    private final Gmail url;
    private final Secrets secrets;
    private final TimeSource time;

    private GoogleTokens(Gmail url, Secrets secrets, TimeSource time) {
        this.url = url;
        this.secrets = secrets;
        this.time = time;
    }

    static TokenSource of(Gmail url, Secrets secrets, TimeSource time) {
        return new GoogleTokens(url, secrets, time).find();
    }

    /** With a client id, the file holds a refresh token; without one it could only be an access token. */
    private TokenSource find() {
        Optional<TokenSource> given = secrets.fromFile()
                .map(secret -> secrets.variable(CLIENT_ID).isPresent() ? refreshing(secret) : Tokens.fixed(secret));
        return given.or(() -> secrets.variable("STEADYMAIL_REFRESH_TOKEN").map(this::refreshing))
                .or(() -> secrets.variable("STEADYMAIL_TOKEN").map(Tokens::fixed))
                .or(() -> secrets.asked("Access token: ").map(Tokens::fixed))
                .orElseThrow(() -> CommandException.credentials(
                        "there is no token; set STEADYMAIL_TOKEN, or STEADYMAIL_REFRESH_TOKEN with STEADYMAIL_CLIENT_ID"
                                + " and STEADYMAIL_CLIENT_SECRET, or give --secret-file FILE"));
    }

    private TokenSource refreshing(String refreshToken) {
        String clientId = secrets.variable(CLIENT_ID)
                .orElseThrow(
                        () -> CommandException.credentials(
                                "STEADYMAIL_REFRESH_TOKEN needs STEADYMAIL_CLIENT_ID, and STEADYMAIL_CLIENT_SECRET if there is one"));
        Secret clientSecret =
                secrets.variable("STEADYMAIL_CLIENT_SECRET").map(Secret::of).orElse(null);
        GoogleTokenEndpoint google = GoogleTokenEndpoint.of(clientId, clientSecret, time);
        URI elsewhere = url.token();
        return new RefreshingTokens(
                new AccountId("gmail:" + url.user()),
                new OneToken(Secret.of(refreshToken)),
                elsewhere == null ? google : google.tokenUrl(elsewhere),
                time.clock());
    }

    /** Google does not rotate refresh tokens; another endpoint that does has its new one kept for this process. */
    private static final class OneToken implements TokenStore {
        private volatile Secret token;

        OneToken(Secret token) {
            this.token = token;
        }

        @Override
        public Optional<Secret> load(AccountId account) {
            return Optional.of(token);
        }

        @Override
        public void save(AccountId account, Secret refreshToken) {
            token = refreshToken;
        }
    }
}
