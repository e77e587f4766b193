package dev.steadymail.cli.doctor;

import dev.steadymail.MailClient;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.query.EmailQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Gmail account: what its token may do shows in what is refused. */
final class GmailChecks implements AccountChecks {
    private static final String GRANT = "grant the scope https://mail.google.com/ and take a new token";
    /** No message has this id, so that asking to change it changes nothing, and tells whether it would be allowed. */
    private static final EmailId NOBODY = new EmailId("0000000000000000");

    private final MailClient client;
    private @Nullable MailException refusal;

    GmailChecks(MailClient client) {
        this.client = client;
    }

    /** A token that is known and lacks a scope is refused with 403; that is for the next check to say. */
    @Override
    public String login() {
        try {
            var unused = client.mailboxes().list();
        } catch (MailException failure) {
            if (!lacksScope(failure)) {
                throw failure;
            }
            refusal = failure;
        }
        return "Google accepts the token";
    }

    @Override
    public String rights() {
        if (refusal != null) {
            throw CommandException.forbidden("the token may not read labels; " + GRANT);
        }
        if (!allows(this::read)) {
            throw CommandException.forbidden("the token may not read mail; " + GRANT);
        }
        return allows(this::change)
                ? "the token may read and change mail"
                : "the token may read mail and not change it; to change it, " + GRANT;
    }

    private void read() {
        EmailQuery one = EmailQuery.everywhere().limit(1).fetch(FetchLevel.STATE);
        var unused = client.emails().query(one).stream().count();
    }

    private void change() {
        try {
            client.emails().addKeyword(List.of(NOBODY), Keyword.FLAGGED);
        } catch (MailException failure) {
            if (failure.kind() != Kind.INVALID) {
                throw failure;
            }
        }
    }

    private static boolean allows(Runnable use) {
        try {
            use.run();
            return true;
        } catch (MailException failure) {
            if (lacksScope(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean lacksScope(MailException failure) {
        return failure.kind() == Kind.FORBIDDEN
                && failure.providerCode()
                        .filter(code -> code.contains("insufficientPermissions"))
                        .isPresent();
    }
}
