package dev.steadymail.server.changes;

import dev.steadymail.server.changes.EmailChange.Wish;
import dev.steadymail.server.changes.ProviderChange.Outcome;
import dev.steadymail.server.mail.EmailTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes of single emails. Thread-safe. */
@Service
class EmailChanges {
    private static final String ANY = "*";

    private final Targets targets;
    private final AccountChanges changes;
    private final EmailTurns turns;

    EmailChanges(Targets targets, AccountChanges changes, ChangeSettings settings) {
        this.targets = targets;
        this.changes = changes;
        this.turns = new EmailTurns(settings.deadline());
    }

    /**
     * Changes an email.
     *
     * @param ifMatch the header, null for none
     * @return whether all of it is stored; otherwise it is done, and the next sync will show it
     */
    boolean change(UUID id, EmailChange change, @Nullable String ifMatch) {
        Wish wish = change.wish();
        return turns.run(id, () -> changed(matching(id, ifMatch), wish));
    }

    private boolean changed(Target email, Wish wish) {
        List<RuntimeException> failures = new ArrayList<>();
        Map<UUID, Outcome> outcomes =
                changes.change(email.account(), List.of(email), wish, (id, failure) -> failures.add(failure));
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        if (outcomes.get(email.id()) == Outcome.MOVED_AWAY) {
            throw new MovedAwayException();
        }
        return outcomes.get(email.id()) == Outcome.DONE;
    }

    /** Removes an email for good; see {@link AccountChanges#destroy}. */
    void destroy(UUID id, @Nullable String ifMatch) {
        Boolean unused = turns.run(id, () -> {
            changes.destroy(matching(id, ifMatch));
            return true;
        });
    }

    /** Weak tags match nothing (RFC 9110 section 13.1.1). */
    private Target matching(UUID id, @Nullable String ifMatch) {
        Target email = targets.require(id);
        String tag = EmailTag.of(id, email.keywords(), email.mailboxes());
        boolean matches = ifMatch == null
                || Arrays.stream(ifMatch.split(","))
                        .map(String::strip)
                        .anyMatch(given -> given.equals(ANY) || given.equals(tag));
        if (!matches) {
            throw new OtherStateException();
        }
        return email;
    }
}
