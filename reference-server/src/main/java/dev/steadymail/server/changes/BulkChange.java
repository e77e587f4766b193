package dev.steadymail.server.changes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * One change for many emails.
 *
 * @param ids 1 to 500 emails, of any accounts
 */
record BulkChange(
        @Nullable List<@Nullable UUID> ids, @Nullable EmailChange change) {
    private static final int MOST = 500;

    /** Returns each email once, in the order given. */
    Set<UUID> emails() {
        if (ids == null || ids.isEmpty() || ids.size() > MOST || ids.stream().anyMatch(Objects::isNull)) {
            throw new WrongChangeException("ids must be a list of 1 to " + MOST + " ids of emails");
        }
        Set<UUID> emails = new LinkedHashSet<>();
        for (UUID id : ids) {
            emails.add(Objects.requireNonNull(id));
        }
        return emails;
    }

    EmailChange.Wish wish() {
        if (change == null) {
            throw new WrongChangeException("change must say what is to be different");
        }
        return change.wish();
    }

    /**
     * What became of one email.
     *
     * @param status as the same change of this email alone would have been answered
     * @param problem why it was not changed, or that it is not known; null where it was
     */
    record Result(UUID id, int status, @Nullable ProblemDetail problem) {
        static Result done(UUID id, int status) {
            return new Result(id, status, null);
        }

        static Result failed(UUID id, ProblemDetail problem) {
            return new Result(id, problem.getStatus(), problem);
        }
    }

    /** What became of each, in the order asked. */
    record Results(List<Result> results) {
        Results {
            results = List.copyOf(results);
        }
    }
}
