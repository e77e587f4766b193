package dev.steadymail.imap.redact;

import org.jspecify.annotations.Nullable;

/** Shows what a server says that it can do. */
final class CapabilityWords {
    private CapabilityWords() {}

    /** Adds one capability, {@code IDLE} or {@code AUTH=PLAIN} for example. */
    static void add(LineText line, String capability) {
        int equals = capability.indexOf('=');
        String name = equals < 0 ? capability : capability.substring(0, equals);
        String known = Words.CAPABILITIES.find(name);
        if (known == null) {
            line.length(capability.length());
            return;
        }
        line.word(known);
        if (equals >= 0) {
            String value = capability.substring(equals + 1);
            line.word("=");
            if (isNumber(name, value)) {
                line.numbers(value);
            } else {
                line.wordOr(value(value), value.length());
            }
        }
    }

    private static boolean isNumber(String name, String value) {
        boolean counts = name.equalsIgnoreCase("APPENDLIMIT") || name.equalsIgnoreCase("I18NLEVEL");
        return counts && LineText.isNumbers(value);
    }

    private static @Nullable String value(String value) {
        String mechanism = Words.MECHANISMS.find(value);
        return mechanism == null ? Words.CAPABILITY_VALUES.find(value) : mechanism;
    }
}
