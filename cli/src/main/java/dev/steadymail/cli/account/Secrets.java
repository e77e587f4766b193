package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where secrets come from: {@code --secret-file}, the environment, or a prompt on a terminal; never an argument, which other
 * users of the machine can see. Not thread-safe.
 */
public final class Secrets {
    private static final int MAX_LENGTH = 64 << 10;

    private final @Nullable Path file;
    private final Map<String, String> variables;
    private final Terminal terminal;
    private final PrintStream err;

    /**
     * Names the places to look in.
     *
     * @param file the file of {@code --secret-file}, or null
     * @param variables the environment
     * @param terminal who to ask
     * @param err where to warn
     */
    public Secrets(@Nullable Path file, Map<String, String> variables, Terminal terminal, PrintStream err) {
        this.file = file;
        this.variables = Map.copyOf(variables);
        this.terminal = terminal;
        this.err = err;
    }

    /** Returns a variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isEmpty())
                .map(value -> checked(name, value));
    }

    /** Returns the first line of the file, empty where no file was named. */
    Optional<String> fromFile() {
        return Optional.ofNullable(file).map(this::read);
    }

    /** Returns what the person at the keyboard typed, empty where there is nobody. */
    Optional<String> asked(String prompt) {
        return terminal.askSecret(prompt).map(typed -> checked("what was typed", typed));
    }

    private String read(Path named) {
        try (InputStream in = Files.newInputStream(named)) {
            warnIfShared(named);
            String line = new String(in.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            return checked("--secret-file", line);
        } catch (IOException unreadable) {
            throw CommandException.credentials(
                    "--secret-file cannot be read; name a file that holds the secret on one line");
        }
    }

    private static String checked(String source, String secret) {
        if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
            throw CommandException.credentials(
                    source + " must hold one secret on one line, without control characters");
        }
        return secret;
    }

    private void warnIfShared(Path named) throws IOException {
        if (!named.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(named);
        if (permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ)) {
            err.println("warning: other users can read the file of --secret-file; run chmod 600 on it");
        }
    }

    @Override
    public String toString() {
        return "Secrets[hidden]";
    }
}
