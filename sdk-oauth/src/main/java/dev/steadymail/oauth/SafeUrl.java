package dev.steadymail.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps unencrypted HTTP on this machine: no secret leaves it in the clear. */
final class SafeUrl {
    private static final Pattern IPV4 = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private SafeUrl() {}

    /**
     * Returns {@code url} where it is https, or http towards 127.0.0.0/8, ::1 or {@code localhost}.
     *
     * @param what names the setting in the error
     * @throws IllegalArgumentException for anything else; the URL itself is not repeated, since it may hold secrets
     */
    static URI require(String what, URI url) {
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(what + " must have a host, no user and no fragment");
        }
        if (!isSafe(url)) {
            throw new IllegalArgumentException(
                    what + " must be https; http is taken towards 127.0.0.1, ::1 or localhost");
        }
        return url;
    }

    static boolean isSafe(URI url) {
        return scheme(url).equals("https") || (isPlain(url) && isLoopback(String.valueOf(url.getHost())));
    }

    static boolean isPlain(URI url) {
        return scheme(url).equals("http");
    }

    private static String scheme(URI url) {
        return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.equals("::1")
                || IPV4.matcher(host).matches();
    }
}
