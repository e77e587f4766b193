package dev.steadymail.server.changes;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.changes.BulkChange.Result;
import dev.steadymail.server.web.Problems;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.ProblemDetail;

/** What a bulk change does to one account, and how far it is. Thread-safe. */
final class AccountPart {
    private enum State {
        WAITING,
        BEGUN,
        /** The deadline passed, or there was no room, before it began; it never will. */
        DROPPED
    }

    private final UUID account;
    private final List<Target> emails;
    private final Map<UUID, Result> results = new ConcurrentHashMap<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    AccountPart(UUID account, List<Target> emails) {
        this.account = account;
        this.emails = List.copyOf(emails);
    }

    UUID account() {
        return account;
    }

    List<Target> emails() {
        return emails;
    }

    /** Returns whether the work may begin. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.BEGUN);
    }

    void note(Result result) {
        results.putIfAbsent(result.id(), result);
    }

    /** Reports that nothing is done, for want of room. */
    void refuse(String why) {
        state.set(State.DROPPED);
        MailException full = MailException.builder(Kind.QUEUE_FULL, why)
                .mayHaveTakenEffect(false)
                .build();
        emails.forEach(email -> note(Result.failed(email.id(), Problems.of(full))));
    }

    /** Returns what became of an email by now. What has not begun by now does not begin any more. */
    Result result(UUID id) {
        boolean never = !begun();
        Result known = results.get(id);
        return known != null ? known : Result.failed(id, late(never));
    }

    private boolean begun() {
        State now = state.updateAndGet(before -> before == State.WAITING ? State.DROPPED : before);
        return now == State.BEGUN;
    }

    private static ProblemDetail late(boolean never) {
        String message = never
                ? "there was no time left to begin; nothing was changed"
                : "the deadline passed before the account answered; read the email to see whether it was changed";
        ProblemDetail problem = Problems.of(MailException.builder(Kind.DEADLINE, message)
                .mayHaveTakenEffect(!never)
                .build());
        problem.setProperty("state", never ? "unchanged" : "unknown");
        return problem;
    }
}
