package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.sync.EmailLoader.Loaded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Loads emails so that one that cannot be read holds up no other: a load that fails for what is in it is done again by halves, and what
 * fails alone is parked.
 */
final class LoadInParts {
    /** What an email may be guilty of; all else would befall any other email, too. */
    private static final Set<Kind> OF_AN_EMAIL =
            EnumSet.of(Kind.PROTOCOL, Kind.INVALID, Kind.TOO_LARGE, Kind.UNSUPPORTED);

    private final EmailLoader loader;
    private final Supplier<Call> call;
    private final List<Email> emails = new ArrayList<>();
    private final List<ParkedEmail> parked = new ArrayList<>();

    private LoadInParts(EmailLoader loader, Supplier<Call> call) {
        this.loader = loader;
        this.call = call;
    }

    /**
     * Loads emails.
     *
     * @param call begins one load, with a deadline of its own
     * @throws MailException for what is not about an email
     */
    static Loaded load(List<EmailId> ids, EmailLoader loader, Supplier<Call> call) {
        LoadInParts load = new LoadInParts(loader, call);
        load.add(ids);
        return new Loaded(load.emails, load.parked);
    }

    private void add(List<EmailId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        try {
            Loaded loaded = loader.load(new ArrayList<>(ids), call.get());
            emails.addAll(loaded.emails());
            parked.addAll(loaded.parked());
        } catch (MailException failure) {
            if (failure.isRetryable() || !OF_AN_EMAIL.contains(failure.kind())) {
                throw failure;
            }
            divide(ids, failure);
        }
    }

    private void divide(List<EmailId> ids, MailException failure) {
        if (ids.size() == 1) {
            parked.add(new ParkedEmail(ids.get(0), failure.kind() + ": " + failure.getMessage()));
        } else {
            add(ids.subList(0, ids.size() / 2));
            add(ids.subList(ids.size() / 2, ids.size()));
        }
    }
}
