package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@code login} stores what it got: {@code logins} in the folder STEADYMAIL_HOME, else in {@code steadymail} of XDG_CONFIG_HOME or
 * of {@code ~/.config} (XDG Base Directory Specification).
 */
final class LoginFolder {
    private LoginFolder() {}

    /** Returns the folder, which need not exist; empty where the environment names no home. */
    static Optional<Path> of(Secrets environment) {
        return environment
                .variable("STEADYMAIL_HOME")
                .map(LoginFolder::path)
                .or(() -> config(environment).map(folder -> folder.resolve("steadymail")))
                .map(folder -> folder.resolve("logins"));
    }

    /** The specification has relative paths passed over. */
    private static Optional<Path> config(Secrets environment) {
        return environment
                .variable("XDG_CONFIG_HOME")
                .map(LoginFolder::path)
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
