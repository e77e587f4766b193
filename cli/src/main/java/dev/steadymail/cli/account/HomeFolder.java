package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the command keeps what is to last: the folder STEADYMAIL_HOME, else {@code steadymail} in XDG_CONFIG_HOME or in
 * {@code ~/.config} (XDG Base Directory Specification).
 */
final class HomeFolder {
    private HomeFolder() {}

    /** Returns the folder, which need not exist; empty where the environment names no home. */
    static Optional<Path> of(Secrets environment) {
        return environment
                .variable("STEADYMAIL_HOME")
                .map(HomeFolder::path)
                .or(() -> config(environment).map(folder -> folder.resolve("steadymail")));
    }

    /** The specification has relative paths passed over. */
    private static Optional<Path> config(Secrets environment) {
        return environment
                .variable("XDG_CONFIG_HOME")
                .map(HomeFolder::path)
                .filter(Path::isAbsolute)
                .or(() -> environment
                        .variable("HOME")
                        .or(() -> environment.variable("USERPROFILE"))
                        .map(home -> path(home).resolve(".config")));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException notAPath) {
            throw CommandException.usage("STEADYMAIL_HOME, XDG_CONFIG_HOME and HOME must name folders");
        }
    }
}
