package dev.steadymail.testkit.smtp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters behind the path of MAIL and RCPT (RFC 5321 section 4.1.2). Each is taken out once; what is left is not known here. */
final class EsmtpParameters {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([^\\x00-\\x20=]+))?");
    private static final Pattern XTEXT = Pattern.compile("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+");

    private final Map<String, String> values;

    private EsmtpParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads parameters.
     *
     * @param text empty, or a space before each parameter
     * @throws CommandRefusedException if they are malformed or one is there twice
     */
    static EsmtpParameters read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return new EsmtpParameters(values);
        }
        String[] words = text.split(" ", -1);
        if (!words[0].isEmpty()) {
            throw CommandRefusedException.syntax(501, "5.5.4", "a space must follow the path");
        }
        for (int i = 1; i < words.length; i++) {
            Matcher parameter = PARAMETER.matcher(words[i]);
            if (!parameter.matches()) {
                throw CommandRefusedException.syntax(501, "5.5.4", "malformed parameter");
            }
            String value = parameter.group(2) == null ? "" : parameter.group(2);
            if (values.put(parameter.group(1).toUpperCase(Locale.ROOT), value) != null) {
                throw CommandRefusedException.syntax(501, "5.5.4", "a parameter is there twice");
            }
        }
        return new EsmtpParameters(values);
    }

    /** Takes a parameter out; returns its value, empty where it has none, or null where it is not there. */
    @Nullable
    String take(String keyword) {
        return values.remove(keyword);
    }

    /** Takes a parameter out whose value must look so. */
    @Nullable
    String take(String keyword, String pattern) {
        String value = take(keyword);
        if (value != null && !value.matches(pattern)) {
            throw CommandRefusedException.syntax(501, "5.5.4", "malformed " + keyword);
        }
        return value;
    }

    /** Takes a parameter out whose value must be xtext (RFC 3461 section 4) of a bounded length. */
    @Nullable
    String takeXtext(String keyword, int longest) {
        String value = take(keyword);
        if (value != null && (value.length() > longest || !XTEXT.matcher(value).matches())) {
            throw CommandRefusedException.syntax(501, "5.5.4", "malformed " + keyword);
        }
        return value;
    }

    /** Refuses what nobody has taken out. */
    void requireNoMore() {
        if (!values.isEmpty()) {
            throw CommandRefusedException.syntax(555, "5.5.4", "a parameter that was not announced");
        }
    }
}
