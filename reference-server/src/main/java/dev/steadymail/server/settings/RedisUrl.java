package dev.steadymail.server.settings;

import dev.steadymail.server.folder.StartException;
import io.lettuce.core.RedisURI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis and the login to it.
 *
 * @param text a URL that the driver understands; holds the password
 */
record RedisUrl(String text) {
    private static final String HOST = "\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+";
    private static final int MAX_PORT = 65_535;
    private static final int STANDARD_PORT = 6_379;
    private static final Pattern FORM =
            Pattern.compile("(rediss?)://(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
                    + "(" + HOST + ")(?::[0-9]{1,5})?(?:/[0-9]{0,5})?"
                    + "(?:\\?(?:[A-Za-z0-9._~=&-]|%[0-9A-Fa-f]{2})*)?");

    /** Understands {@code redis://USER:PASSWORD@HOST:PORT/NUMBER?parameters}, with TLS as {@code rediss://}. */
    static RedisUrl parse(String text) {
        String url = text.strip();
        if (!FORM.matcher(url).matches() || !isUnderstood(url)) {
            throw StartException.usage(
                    "REDIS_URL is not of the form redis://:PASSWORD@HOST:PORT or rediss://:PASSWORD@HOST:PORT; characters"
                            + " other than letters and digits in PASSWORD are written as %XX; unset it to do without Redis");
        }
        return new RedisUrl(url);
    }

    /** Returns the Redis that REDIS_URL names or else REDIS_HOST with REDIS_PORT and REDIS_PASSWORD; empty where there is none. */
    static Optional<RedisUrl> read(Variables variables) {
        Optional<String> url = variables.text("REDIS_URL");
        Optional<String> host = variables.text("REDIS_HOST");
        Faults faults = variables.faults();
        if (url.isPresent()) {
            return url.flatMap(text -> faults.read(() -> parse(text)))
                    .filter(redis -> redis.isPrivate("REDIS_URL", faults));
        }
        if (host.isEmpty()) {
            return Optional.empty(); // REDIS_PORT alone may be Kubernetes's, which names a service so
        }
        int port = variables.number("REDIS_PORT", 1, MAX_PORT).orElse(STANDARD_PORT);
        String login = variables.text("REDIS_PASSWORD").map(RedisUrl::login).orElse("");
        String text = "redis://" + login + host.get() + ":" + port;
        if (!host.get().matches(HOST) || !isUnderstood(text)) {
            faults.add(
                    "REDIS_HOST must be the name or address of a host, and nothing more; correct it, or unset it to do without"
                            + " Redis");
            return Optional.empty();
        }
        return Optional.of(new RedisUrl(text)).filter(redis -> redis.isPrivate("REDIS_HOST", faults));
    }

    private static String login(String password) {
        return ":" + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
    }

    private boolean isPrivate(String name, Faults faults) {
        Matcher url = FORM.matcher(text);
        boolean isPrivate = url.matches() && (url.group(1).equals("rediss") || Loopback.is(url.group(2)));
        if (!isPrivate) {
            faults.add(name + " leads across a network without TLS; name the Redis in REDIS_URL as"
                    + " rediss://:PASSWORD@HOST:PORT, or unset it to do without Redis");
        }
        return isPrivate;
    }

    /** The driver's own words repeat the URL. */
    private static boolean isUnderstood(String url) {
        try {
            RedisURI.create(url);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "RedisUrl";
    }
}
