package dev.steadymail.server;

import dev.steadymail.server.folder.StartException;
import io.lettuce.core.RedisURI;
import java.util.regex.Pattern;

/**
 * A Redis and the login to it.
 *
 * @param text a URL that the driver understands; holds the password
 */
record RedisUrl(String text) {
    private static final Pattern FORM =
            Pattern.compile("rediss?://(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
                    + "(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?(?:/[0-9]{0,5})?"
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
