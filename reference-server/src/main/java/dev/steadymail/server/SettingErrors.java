package dev.steadymail.server;

import dev.steadymail.server.folder.StartException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.ResolvableType;

/** Explains settings of the service that cannot be read, without repeating their values. */
final class SettingErrors {
    private SettingErrors() {}

    /** Returns what to tell if the cause of a failure is such a setting. */
    static Optional<StartException> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException wrong) {
                return Optional.of(StartException.usage(text(wrong)));
            }
        }
        return Optional.empty();
    }

    private static String text(BindException wrong) {
        String name = wrong.getName().toString();
        return name + " " + rule(wrong.getTarget().getType()) + "; correct it, in the environment "
                + inEnvironment(name) + ", or unset it for the default";
    }

    private static String rule(ResolvableType type) {
        Class<?> wanted = type.resolve(Object.class);
        if (wanted == Duration.class) {
            return "must be a duration such as 30s or 5m";
        }
        if (wanted == int.class || wanted == Integer.class || wanted == long.class || wanted == Long.class) {
            return "must be a whole number that is not too large";
        }
        return wanted == boolean.class || wanted == Boolean.class ? "must be true or false" : "cannot be understood";
    }

    /** As Spring reads it: dots are underscores, and dashes are left out. */
    private static String inEnvironment(String name) {
        return name.replace("-", "").replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
    }
}
