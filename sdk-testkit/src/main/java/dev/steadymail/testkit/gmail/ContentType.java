package dev.steadymail.testkit.gmail;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value with parameters, as in Content-Type and Content-Disposition (RFC 2045 section 5.1, RFC 2231). */
record ContentType(String mimeType, Map<String, String> parameters) {
    private static final int MAX_LENGTH = 4_096; // the pattern below needs stack for each escape
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^;\\s]*))");

    static ContentType parse(String whole) {
        String value = whole.substring(0, Math.min(whole.length(), MAX_LENGTH));
        int end = value.indexOf(';');
        String main = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        Map<String, String> raw = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(value);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            String text = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            raw.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), text);
        }
        return new ContentType(main, raw);
    }

    boolean isMultipart() {
        return mimeType.startsWith("multipart/");
    }

    /** Returns the parameter, joined and decoded as RFC 2231 says; empty if it is not there. */
    String parameter(String name) {
        String plain = parameters.get(name);
        if (plain != null) {
            return plain;
        }
        String extended = parameters.get(name + "*");
        return extended == null ? joined(name) : decodeExtended(extended);
    }

    Charset charset() {
        return charsetOr(parameter("charset"), StandardCharsets.UTF_8);
    }

    static Charset charsetOr(String name, Charset fallback) {
        try {
            return name.isEmpty() ? fallback : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return fallback;
        }
    }

    private String joined(String name) {
        StringBuilder whole = new StringBuilder();
        boolean extended = parameters.containsKey(name + "*0*");
        for (int i = 0; i < parameters.size(); i++) {
            String encoded = parameters.get(name + "*" + i + "*");
            String piece = encoded == null ? parameters.getOrDefault(name + "*" + i, "") : encoded;
            whole.append(piece);
        }
        return extended ? decodeExtended(whole.toString()) : whole.toString();
    }

    private static String decodeExtended(String value) {
        String[] pieces = value.split("'", 3);
        if (pieces.length < 3) {
            return value;
        }
        try {
            return URLDecoder.decode(pieces[2].replace("+", "%2B"), charsetOr(pieces[0], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return pieces[2];
        }
    }
}
