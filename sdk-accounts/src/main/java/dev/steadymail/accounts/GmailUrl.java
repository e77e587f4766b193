package dev.steadymail.accounts;

import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.oauth.OAuthServer;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Gmail account.
 *
 * @param user the address, or {@code me}
 * @param root where the API is instead of Google's own place, or null
 * @param token where access tokens are refreshed instead of Google's own place, or null
 */
public record GmailUrl(
        String user, @Nullable URI root, @Nullable URI token) implements AccountUrl {
    /** Checks both places: https, or http towards this machine, with a host and a path and nothing more. */
    public GmailUrl {
        User.check(user);
        root = root == null ? null : Place.check("root", root);
        token = token == null ? null : Place.check("token", token);
    }

    /** Reads what follows {@code gmail://}. */
    static GmailUrl parse(String text) {
        Parts parts = Parts.of(text);
        User.checkNoColon(parts.before());
        Parameters parameters = Parameters.parse(parts.query(), Set.of("root", "token"));
        return new GmailUrl(User.decode(parts.before()), place("root", parameters), place("token", parameters));
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder("gmail://").append(Percent.encode(user, "@"));
        char mark = '?';
        if (root != null) {
            text.append(mark).append("root=").append(Percent.encode(root.toString(), "@:/"));
            mark = '&';
        }
        if (token != null) {
            text.append(mark).append("token=").append(Percent.encode(token.toString(), "@:/"));
        }
        return text.toString();
    }

    @Override
    public List<String> hosts() {
        return List.of(
                Place.host(root == null ? GmailAccount.GOOGLE : root),
                Place.host(token == null ? OAuthServer.google().tokenUrl() : token));
    }

    private static @Nullable URI place(String name, Parameters parameters) {
        String value = parameters.get(name);
        return value == null ? null : Place.parse(name, value);
    }

    @Override
    public String toString() {
        return "GmailUrl[hidden]";
    }
}
