package dev.steadymail.observability;

import java.util.Arrays;
import java.util.Locale;

/** How constants are told: their names in lower case. */
public final class EnumWords {
    private static final ClassValue<String[]> WORDS = new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);
        }
    };

    private EnumWords() {}

    /** Returns the word for a constant; the same object each time. */
    public static String of(Enum<?> constant) {
        return WORDS.get(constant.getDeclaringClass())[constant.ordinal()];
    }
}
