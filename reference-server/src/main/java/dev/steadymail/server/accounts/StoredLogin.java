package dev.steadymail.server.accounts;

import dev.steadymail.accounts.Login;
import dev.steadymail.auth.Secret;

/** How a login is written before it is encrypted: its kind and its parts, each on a line, which no secret can contain. */
final class StoredLogin {
    private static final String PASSWORD = "password";
    private static final String ACCESS_TOKEN = "access-token";
    private static final String REFRESH_TOKEN = "refresh-token";

    private StoredLogin() {}

    static String write(Login login) {
        if (login instanceof Login.Password password) {
            return lines(PASSWORD, password.password().reveal());
        }
        if (login instanceof Login.AccessToken access) {
            return lines(ACCESS_TOKEN, access.token().reveal());
        }
        Login.RefreshToken refresh = (Login.RefreshToken) login;
        Secret clientSecret = refresh.clientSecret();
        return lines(
                REFRESH_TOKEN,
                refresh.token().reveal(),
                refresh.clientId(),
                clientSecret == null ? "" : clientSecret.reveal());
    }

    static Login read(String stored) {
        String[] lines = stored.split("\n", -1);
        return switch (lines[0]) {
            case PASSWORD -> Login.password(lines[1]);
            case ACCESS_TOKEN -> Login.accessToken(lines[1]);
            case REFRESH_TOKEN -> Login.refreshToken(lines[2], lines[3].isEmpty() ? null : lines[3], lines[1]);
            default -> throw new IllegalStateException("the login was stored by a newer version of the server");
        };
    }

    private static String lines(String... parts) {
        return String.join("\n", parts);
    }
}
