package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CAPABILITY (RFC 3501 section 6.1.1): what the server can do, as names in upper case. */
public final class Capability implements Exchange<Set<String>> {
    private @Nullable Set<String> names;

    @Override
    public Command command() {
        return Command.named("CAPABILITY");
    }

    @Override
    public void observe(Reply reply) {
        Optional<Set<String>> told = in(reply.response());
        if (told.isPresent()) {
            names = told.get();
        }
    }

    /**
     * Returns the capabilities.
     *
     * @throws NoAnswerException where the server told none
     */
    @Override
    public Set<String> result(StatusText completed) {
        Set<String> told = names;
        if (told == null) {
            return in(completed).orElseThrow(() -> new NoAnswerException("CAPABILITY"));
        }
        return told;
    }

    /** Returns the capabilities that a response tells: CAPABILITY, or a greeting or other OK with that code. */
    public static Optional<Set<String>> in(Response response) {
        if (response instanceof Response.Capabilities capabilities) {
            return Optional.of(set(capabilities.names()));
        }
        boolean greeting = response instanceof Response.Untagged untagged
                && (untagged.status() == Response.Status.OK || untagged.status() == Response.Status.PREAUTH);
        return greeting ? in(((Response.Untagged) response).said()) : Optional.empty();
    }

    /** Returns the capabilities that come with a status (RFC 3501 section 7.1), after a login for example. */
    public static Optional<Set<String>> in(StatusText said) {
        if (!"CAPABILITY".equals(said.code())) {
            return Optional.empty();
        }
        return Optional.of(set(List.of(said.arguments().toUpperCase(Locale.ROOT).split(" +"))));
    }

    private static Set<String> set(Collection<String> names) {
        Set<String> set = new LinkedHashSet<>(names);
        set.remove("");
        return Set.copyOf(set);
    }
}
