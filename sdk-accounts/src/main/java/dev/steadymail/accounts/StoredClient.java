package dev.steadymail.accounts;

import dev.steadymail.auth.Secret;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.time.TimeSource;
import java.net.URI;

/** How the client of a login is written: version, token endpoint, client id and secret, with blanks between, each percent-encoded. */
final class StoredClient {
    private static final String VERSION = "1";
    private static final String NONE = "-";

    private StoredClient() {}

    /** Where the client of an account's login is kept. */
    static AccountId id(AccountId account) {
        return new AccountId("client of " + account.value());
    }

    static Secret write(OAuthClient client) {
        Secret secret = client.clientSecret();
        return Secret.of(String.join(
                " ",
                VERSION,
                client.server().tokenUrl().toString(),
                encoded(client.clientId()),
                secret == null ? NONE : "=" + encoded(secret.reveal())));
    }

    static OAuthClient read(Secret stored, TimeSource time) {
        String[] parts = stored.reveal().split(" ", -1);
        if (parts.length != 4 || !parts[0].equals(VERSION)) {
            throw MailException.of(Kind.STORAGE, "the stored login was written by another version; log in again");
        }
        URI tokenUrl = URI.create(parts[1]);
        Secret secret = parts[3].equals(NONE) ? null : Secret.of(decoded(parts[3].substring(1)));
        return OAuthClient.of(OAuthServer.at(tokenUrl, tokenUrl), decoded(parts[2]), secret, time);
    }

    private static String encoded(String text) {
        return Percent.encode(text, "");
    }

    private static String decoded(String text) {
        return Percent.decode("a stored login", text);
    }
}
