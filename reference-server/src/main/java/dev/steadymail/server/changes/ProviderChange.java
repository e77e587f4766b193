package dev.steadymail.server.changes;

import dev.steadymail.MailView;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.sync.StoredChanges;
import dev.steadymail.sync.SyncBatch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Carries a plan out at the provider, asks what came of it, and writes that down. Thread-safe. */
@Component
class ProviderChange {
    /** What became of an email. */
    enum Outcome {
        /** It is changed, and stored so. */
        DONE,
        /** It is changed, and the server did not say under which id; the sync that was asked for will find it. */
        TO_BE_FOUND,
        /** It was not where it had been. */
        MOVED_AWAY
    }

    private final StoredChanges stored;
    private final ConnectedAccounts accounts;

    ProviderChange(StoredChanges stored, ConnectedAccounts accounts) {
        this.stored = stored;
        this.accounts = accounts;
    }

    /**
     * Changes emails of one account. Where something is left open, a sync is asked for.
     *
     * @param tellsNewIds whether the provider says what an email is called after a move
     * @throws MailException where it was not done, or not all; {@link MailException#effect} says what is known
     */
    Map<UUID, Outcome> run(UUID account, MailView mail, Plan plan, List<Target> targets, boolean tellsNewIds) {
        boolean settled = false;
        try {
            Map<UUID, EmailId> ids = change(mail, plan, targets);
            Map<UUID, Outcome> outcomes = store(
                    account, mail, targets, ids, tellsNewIds || plan.moves().isEmpty());
            settled = outcomes.values().stream().allMatch(outcome -> outcome == Outcome.DONE);
            return outcomes;
        } finally {
            if (!settled) {
                accounts.syncNow(account);
            }
        }
    }

    /** Returns what the provider calls the emails afterwards, as far as it said. */
    private static Map<UUID, EmailId> change(MailView mail, Plan plan, List<Target> targets) {
        Map<UUID, EmailId> ids = new LinkedHashMap<>();
        targets.forEach(target -> ids.put(target.id(), target.providerId()));
        boolean begun = false;
        try {
            if (!plan.set().isEmpty() || !plan.clear().isEmpty()) {
                mail.emails().changeKeywords(ids.values(), plan.set(), plan.clear());
                begun = true;
            }
            for (Plan.Move move : plan.moves()) {
                Map<EmailId, EmailId> moved = mail.emails().move(List.copyOf(ids.values()), move.from(), move.to());
                begun = true;
                ids.replaceAll((id, before) -> moved.getOrDefault(before, before));
            }
        } catch (MailException failure) {
            throw begun
                    ? failure.toBuilder()
                            .mayHaveTakenEffect(true)
                            .cause(failure)
                            .build()
                    : failure;
        }
        return ids;
    }

    private Map<UUID, Outcome> store(
            UUID account, MailView mail, List<Target> targets, Map<UUID, EmailId> ids, boolean tellsNewIds) {
        Map<EmailId, Email> now = states(mail, ids);
        Map<UUID, Outcome> outcomes = new HashMap<>();
        boolean unused = stored.apply(
                account,
                batch -> targets.forEach(target -> {
                    Email email = now.get(ids.get(target.id()));
                    outcomes.put(target.id(), outcome(email, tellsNewIds));
                    add(target, email, batch);
                }));
        return outcomes;
    }

    /** What another program changed meanwhile shows, too. */
    private static Map<EmailId, Email> states(MailView mail, Map<UUID, EmailId> ids) {
        try {
            return mail.emails().get(ids.values(), FetchLevel.STATE).stream()
                    .collect(Collectors.toMap(Email::id, Function.identity(), (one, same) -> one));
        } catch (MailException failure) {
            throw failure.toBuilder().mayHaveTakenEffect(true).cause(failure).build();
        }
    }

    private static Outcome outcome(@Nullable Email now, boolean tellsNewIds) {
        return now != null ? Outcome.DONE : tellsNewIds ? Outcome.MOVED_AWAY : Outcome.TO_BE_FOUND;
    }

    private static void add(Target target, @Nullable Email now, SyncBatch.Builder batch) {
        if (now == null) {
            return;
        }
        if (!now.id().equals(target.providerId())) {
            batch.relocate(new Relocated(target.providerId(), now.id(), now.mailboxIds()));
        }
        batch.update(new Updated(now.id(), now.mailboxIds(), now.keywords()));
    }
}
