package dev.steadymail.content;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whole messages to be read with one call, and what came of each so far. Used by one thread. */
final class MessageBatch {
    private final Set<EmailId> left;
    private final Map<EmailId, MailException> failures = new LinkedHashMap<>();

    MessageBatch(Collection<EmailId> emails) {
        this.left = new LinkedHashSet<>(emails);
    }

    /** Returns the emails of which nothing was heard yet; when the call has ended well they are gone. */
    List<EmailId> left() {
        return new ArrayList<>(left);
    }

    /** Takes an email out; false where it was not left. */
    boolean take(EmailId email) {
        return left.remove(email);
    }

    /** Puts an email back of which nothing was heard when it was asked for again. */
    void leave(EmailId email) {
        left.add(email);
    }

    void failed(EmailId email, MailException reason) {
        failures.put(email, reason);
    }

    /** Returns why emails that came could not be kept, or not be read. */
    Map<EmailId, MailException> failures() {
        return failures;
    }
}
