package dev.steadymail.cli;

import dev.steadymail.cli.terminal.SafeText;
import dev.steadymail.mail.Email;
import java.time.temporal.ChronoUnit;

/** An email on one line: id, time of arrival, whom it is from or goes to, subject, with tabs between. */
final class EmailLine {
    private EmailLine() {}

    static String of(Email email, String who) {
        return SafeText.line(email.id().value())
                + "\t" + email.receivedAt().truncatedTo(ChronoUnit.SECONDS)
                + "\t" + SafeText.line(who)
                + "\t" + SafeText.line(email.subject()) + "\n";
    }
}
