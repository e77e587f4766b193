package dev.steadymail.examples;

import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.provider.MailAccount;
import java.util.Map;

/**
 * The account that the examples use, from the environment: {@code STEADYMAIL_HOST}, {@code STEADYMAIL_USER} and
 * {@code STEADYMAIL_PASSWORD} for IMAP, or {@code STEADYMAIL_TOKEN} alone for Gmail.
 */
final class ExampleAccount {
    private ExampleAccount() {}

    static MailAccount from(Map<String, String> environment) {
        String token = environment.get("STEADYMAIL_TOKEN");
        return token == null ? imap(environment) : GmailAccount.with(Tokens.fixed(token));
    }

    private static MailAccount imap(Map<String, String> environment) {
        String user = require(environment, "STEADYMAIL_USER");
        String password = require(environment, "STEADYMAIL_PASSWORD");
        return ImapAccount.at(require(environment, "STEADYMAIL_HOST"), Credentials.password(user, password));
    }

    private static String require(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("set " + name + ", or STEADYMAIL_TOKEN for a Gmail account");
        }
        return value;
    }
}
