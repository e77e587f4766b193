package dev.steadymail.cli.account;

import dev.steadymail.cli.account.AccountUrl.Gmail;
import dev.steadymail.cli.outcome.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what follows {@code gmail://}. */
final class GmailUrl {
    private GmailUrl() {}

    static Gmail parse(String text) {
        Parts parts = Parts.of(text);
        User.checkNoColon(parts.before());
        String user = User.decode(parts.before());
        Parameters parameters = Parameters.parse(parts.query(), Set.of("root", "token"));
        return new Gmail(user, place("root", parameters), place("token", parameters));
    }

    private static @Nullable URI place(String name, Parameters parameters) {
        String value = parameters.get(name);
        return value == null ? null : checked(name, value);
    }

    private static URI checked(String name, String value) {
        URI uri = uri(name, value);
        String host = uri.getHost();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (host == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !Set.of("http", "https").contains(scheme)) {
            throw malformed(name);
        }
        if (scheme.equals("http") && !Host.isLoopback(Host.withoutBrackets(host))) {
            throw CommandException.usage(
                    name + " may use http towards this machine only (127.0.0.0/8, ::1, localhost); write https://");
        }
        return uri;
    }

    private static URI uri(String name, String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException malformed) {
            throw malformed(name);
        }
    }

    private static CommandException malformed(String name) {
        return CommandException.usage(name + " must be a URL of the form https://HOST[:PORT][/PATH] and nothing more");
    }
}
