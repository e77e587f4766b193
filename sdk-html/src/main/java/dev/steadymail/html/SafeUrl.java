package dev.steadymail.html;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** URLs in the form that is written, whatever disguise they came in; null where they are not allowed. */
final class SafeUrl {
    /** What browsers and servers take; longer ones are for hiding something. */
    static final int LONGEST = 8192;

    private static final Set<String> RASTER = Set.of("png", "gif", "jpeg", "jpg", "webp", "bmp", "avif", "x-icon");
    private static final String ENCODED = "\"<>`'{}|\\^ ";

    private SafeUrl() {}

    /** A place that a click may lead to: http, https, mailto or tel. */
    static @Nullable String link(String raw) {
        if (raw.length() > LONGEST) {
            return null;
        }
        String url = visible(raw);
        String remote = remote(url);
        if (remote != null) {
            return remote;
        }
        String scheme = scheme(url);
        boolean allowed = scheme.equals("mailto") || scheme.equals("tel");
        return allowed ? scheme + ":" + encoded(url.substring(url.indexOf(':') + 1)) : null;
    }

    /** An absolute http or https URL with a host. A URL that begins with two slashes is https. */
    static @Nullable String remote(String raw) {
        if (raw.length() > LONGEST) {
            return null;
        }
        String url = visible(raw);
        String scheme = scheme(url);
        if (scheme.equals("http") || scheme.equals("https")) {
            return withHost(scheme, url.substring(url.indexOf(':') + 1));
        }
        boolean schemeless = url.length() > 2 && isSlash(url.charAt(0)) && isSlash(url.charAt(1));
        return schemeless ? withHost("https", url) : null;
    }

    /** The Content-ID of a {@code cid:} URL without angle brackets, still percent-encoded (RFC 2392). */
    static @Nullable String contentId(String raw) {
        String url = raw.length() > LONGEST ? "" : visible(raw);
        return scheme(url).equals("cid") && url.length() > 4 ? url.substring(4) : null;
    }

    /** An image in the URL itself, of a kind without scripts: no SVG. */
    static @Nullable String dataImage(String raw) {
        if (!raw.regionMatches(true, 0, "data:image/", 0, 11)) {
            return null;
        }
        String url = visible(raw);
        int comma = url.indexOf(',');
        if (comma < 11 || comma > 64) {
            return null;
        }
        String type = url.substring(11, comma).toLowerCase(Locale.ROOT);
        if (!type.endsWith(";base64") || !RASTER.contains(type.substring(0, type.length() - 7))) {
            return null;
        }
        return isBase64(url, comma + 1) ? "data:image/" + type + url.substring(comma) : null;
    }

    /** What an application puts in: http, https, an image in the URL, or a path below its own host. */
    static @Nullable String ofApplication(@Nullable String url) {
        if (url == null) {
            return null;
        }
        String image = dataImage(url);
        String known = image != null ? image : link(url);
        if (known != null) {
            return known;
        }
        String path = visible(url);
        return scheme(path).isEmpty() && !path.isEmpty() && path.length() <= LONGEST ? encoded(path) : null;
    }

    private static @Nullable String withHost(String scheme, String rest) {
        int start = 0;
        while (start < rest.length() && isSlash(rest.charAt(start))) {
            start++;
        }
        boolean hasHost = start < rest.length() && "?#@:".indexOf(rest.charAt(start)) < 0;
        return hasHost ? scheme + "://" + authorityAndPath(rest.substring(start)) : null;
    }

    /** Browsers take a backslash for a slash up to the query (URL Standard section 4.4); others do not, so none is left. */
    private static String authorityAndPath(String rest) {
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '?' && rest.charAt(end) != '#') {
            end++;
        }
        return encoded(rest.substring(0, end).replace('\\', '/') + rest.substring(end));
    }

    /** The part before the first colon in lower case; empty where a slash, a query or a fragment comes first, or none. */
    private static String scheme(String url) {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == ':') {
                return url.substring(0, i).toLowerCase(Locale.ROOT);
            }
            if (c == '/' || c == '\\' || c == '?' || c == '#') {
                return "";
            }
        }
        return "";
    }

    /** Without what browsers skip: controls anywhere, spaces at the ends (URL Standard section 4.4). */
    private static String visible(String raw) {
        StringBuilder kept = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (!Character.isISOControl(c) && !Character.isSurrogate(c) && !isInvisible(c)) {
                kept.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < raw.length()
                    && Character.isLowSurrogate(raw.charAt(i + 1))) {
                kept.append(c).append(raw.charAt(++i));
            }
        }
        return kept.toString().strip();
    }

    /** Marks that reorder or hide what is shown of an address. */
    private static boolean isInvisible(char c) {
        return (c >= '\u200b' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\ufeff'
                || c >= '\ufff0';
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private static boolean isBase64(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            char c = url.charAt(i);
            boolean sign = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!sign && c != '+' && c != '/' && c != '=') {
                return false;
            }
        }
        return true;
    }

    private static String encoded(String url) {
        StringBuilder text = new StringBuilder(url.length());
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (ENCODED.indexOf(c) < 0) {
                text.append(c);
            } else {
                text.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            }
        }
        return text.toString();
    }
}
