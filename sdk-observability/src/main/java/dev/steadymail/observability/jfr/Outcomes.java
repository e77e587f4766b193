package dev.steadymail.observability.jfr;

import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.EnumWords;
import org.jspecify.annotations.Nullable;

/** How the ends of work are told. */
final class Outcomes {
    private static final String SUCCEEDED = "succeeded";

    private Outcomes() {}

    static String of(@Nullable Kind failure) {
        return failure == null ? SUCCEEDED : EnumWords.of(failure);
    }
}
