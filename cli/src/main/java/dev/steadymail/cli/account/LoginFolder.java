package dev.steadymail.cli.account;

import java.nio.file.Path;
import java.util.Optional;

/** Where {@code login} stores what it got: {@code logins} in the {@link HomeFolder}. */
final class LoginFolder {
    private LoginFolder() {}

    /** Returns the folder, which need not exist; empty where the environment names no home. */
    static Optional<Path> of(Secrets environment) {
        return HomeFolder.of(environment).map(folder -> folder.resolve("logins"));
    }
}
