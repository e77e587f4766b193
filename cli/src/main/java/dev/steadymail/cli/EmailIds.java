package dev.steadymail.cli;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.EmailId;

/** Reads the ids of emails from arguments. */
final class EmailIds {
    private EmailIds() {}

    static EmailId read(String argument, String text) {
        try {
            return new EmailId(text);
        } catch (IllegalArgumentException refused) {
            throw CommandException.usage(argument + " must be an id that search or drafts prints");
        }
    }
}
