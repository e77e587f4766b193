package dev.steadymail.accounts;

/** The rules for USER. */
final class User {
    private User() {}

    /** A literal colon means that somebody wrote {@code USER:PASSWORD}; the message must not repeat it. */
    static void checkNoColon(String raw) {
        if (raw.indexOf(':') >= 0) {
            throw InvalidAccountUrlException.withSecret(
                    "an account URL must not hold a password: USER may not contain a colon (write %3A if the name has"
                            + " one); give the password apart from the URL");
        }
    }

    static String decode(String raw) {
        return check(Percent.decode("USER", raw));
    }

    static String check(String user) {
        if (user.isBlank()) {
            throw InvalidAccountUrlException.of(
                    "an account URL must name a USER, for example imaps://ada@mail.example.com");
        }
        if (user.chars().anyMatch(Character::isISOControl)) {
            throw InvalidAccountUrlException.of("USER must not hold control characters");
        }
        return user;
    }
}
