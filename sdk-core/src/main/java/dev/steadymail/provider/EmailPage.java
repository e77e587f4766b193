package dev.steadymail.provider;

import dev.steadymail.mail.Email;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query's answer.
 *
 * @param emails in the order asked for; may be empty although more follow
 * @param next asks for the page after this one; null on the last
 */
public record EmailPage(List<Email> emails, @Nullable PageToken next) {
    public EmailPage {
        emails = List.copyOf(emails);
    }
}
