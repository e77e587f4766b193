package dev.steadymail.accounts;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for a URL inside an account URL. */
final class Place {
    private Place() {}

    static URI parse(String name, String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException malformed) {
            throw malformed(name);
        }
    }

    /** Returns the URL in one spelling. */
    static URI check(String name, URI uri) {
        String scheme = lowerCase(uri.getScheme());
        boolean secure = scheme.equals("https");
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !(secure || scheme.equals("http"))
                || uri.getPort() == 0
                || uri.getPort() > 65_535
                || !Host.isValid(host(uri))) {
            throw malformed(name);
        }
        if (!secure && !Host.isLoopback(host(uri))) {
            throw InvalidAccountUrlException.of(
                    name + " may use http towards this machine only (127.0.0.0/8, ::1, localhost); write https://");
        }
        return canonical(uri, scheme, secure ? 443 : 80);
    }

    /** Returns the host in lower case, without brackets. */
    static String host(URI uri) {
        return Host.withoutBrackets(lowerCase(uri.getHost()));
    }

    private static URI canonical(URI uri, String scheme, int usualPort) {
        String port = uri.getPort() < 0 || uri.getPort() == usualPort ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return URI.create(scheme + "://" + lowerCase(uri.getHost()) + port + path);
    }

    private static String lowerCase(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static InvalidAccountUrlException malformed(String name) {
        return InvalidAccountUrlException.of(
                name + " must be a URL of the form https://HOST[:PORT][/PATH] and nothing more");
    }
}
