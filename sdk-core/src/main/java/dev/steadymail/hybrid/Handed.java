package dev.steadymail.hybrid;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.StateLists.Listed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the second door brings, handed on with the states of the first: each email once. What cannot be handed on is left for the first
 * door. Used by one thread.
 */
final class Handed implements RawVisitor {
    private final Listed states;
    private final RawVisitor visitor;
    private final Runnable afterEach;
    private final Set<EmailId> left;
    private long count;
    private boolean theirs;

    /** @param afterEach may throw to end the reading */
    Handed(Collection<EmailId> ids, Listed states, RawVisitor visitor, Runnable afterEach) {
        this.left = new LinkedHashSet<>(ids);
        this.states = states;
        this.visitor = visitor;
        this.afterEach = afterEach;
    }

    @Override
    public void message(Email email, InputStream content) throws IOException {
        Email known = left.contains(email.id()) ? known(email) : null;
        if (known != null) {
            hand(known, content);
            left.remove(email.id());
            count++;
            afterEach.run();
        }
    }

    /** Without a date the server told no time of arrival. */
    private @Nullable Email known(Email email) {
        return email.receivedAt().equals(Instant.EPOCH)
                ? null
                : states.find(email.id(), email.receivedAt(), email.size()).orElse(null);
    }

    private void hand(Email email, InputStream content) throws IOException {
        boolean done = false;
        try {
            visitor.message(email, content);
            done = true;
        } catch (IOException failure) {
            // Where octets did not come, the visitor only passes that on.
            done = failure.getCause() instanceof MailException;
            throw failure;
        } finally {
            theirs |= !done;
        }
    }

    /** The first door may well read it. */
    @Override
    public void unreadable(EmailId id, MailException reason) {}

    /** Returns whether the visitor failed, which no other door mends. */
    boolean isTheirs() {
        return theirs;
    }

    long count() {
        return count;
    }

    /** Takes an email for handed on. */
    void done(EmailId id) {
        left.remove(id);
    }

    List<EmailId> left() {
        return List.copyOf(left);
    }

    /** Returns those of the emails left whose states are known. */
    List<EmailId> known() {
        return left.stream()
                .filter(id -> states.find(id, Instant.EPOCH, 0).isPresent())
                .toList();
    }
}
