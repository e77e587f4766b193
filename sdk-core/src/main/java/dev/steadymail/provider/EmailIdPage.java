package dev.steadymail.provider;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query's answer, as ids alone.
 *
 * @param ids in the order asked for; may be empty although more follow, and may name emails that are gone meanwhile
 * @param next asks for the page after this one; null on the last
 */
public record EmailIdPage(List<EmailId> ids, @Nullable PageToken next) {
    public EmailIdPage {
        ids = List.copyOf(ids);
    }

    /** Returns the ids of a page of emails. */
    public static EmailIdPage of(EmailPage page) {
        return new EmailIdPage(page.emails().stream().map(Email::id).toList(), page.next());
    }
}
