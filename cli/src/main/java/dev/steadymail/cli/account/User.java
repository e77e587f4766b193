package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;

/** The rules for USER. */
final class User {
    private User() {}

    /** A literal colon means that somebody wrote {@code USER:PASSWORD}; the message must not repeat it. */
    static void checkNoColon(String raw) {
        if (raw.indexOf(':') >= 0) {
            throw CommandException.usage(
                    "ACCOUNT must not hold a password: USER may not contain a colon (write %3A if the name"
                            + " has one); set STEADYMAIL_PASSWORD or use --secret-file");
        }
    }

    static String decode(String raw) {
        String user = Percent.decode("USER", raw);
        if (user.isBlank()) {
            throw CommandException.usage("ACCOUNT has no USER; write for example imaps://ada@mail.example.com");
        }
        if (user.chars().anyMatch(Character::isISOControl)) {
            throw CommandException.usage("USER must not hold control characters");
        }
        return user;
    }
}
