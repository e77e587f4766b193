package dev.steadymail.server.changes;

import dev.steadymail.mail.MailException;
import dev.steadymail.server.changes.BulkChange.Result;
import dev.steadymail.server.changes.EmailChange.Wish;
import dev.steadymail.server.changes.ProviderChange.Outcome;
import dev.steadymail.server.mail.UnknownMailException;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.ApiException;
import dev.steadymail.server.web.FaultTrace;
import dev.steadymail.server.web.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Changes many emails, the accounts side by side, within one deadline for all. Thread-safe. What is not done by then is reported as it
 * is, and may still be done afterwards where it had begun.
 */
@Service
class BulkChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BulkChanges.class);
    private static final int MOST_WAITING = 500;
    private static final long IDLE_SECONDS = 30;

    private final Targets targets;
    private final AccountChanges changes;
    private final ChangeSettings settings;
    private final ThreadPoolExecutor workers;

    BulkChanges(Targets targets, AccountChanges changes, ChangeSettings settings) {
        this.targets = targets;
        this.changes = changes;
        this.settings = settings;
        this.workers = new ThreadPoolExecutor(
                settings.workers(),
                settings.workers(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread thread = new Thread(task, "bulk-change");
                    thread.setDaemon(true);
                    return thread;
                });
        this.workers.allowCoreThreadTimeOut(true);
    }

    /** Returns what became of each email, in the order of {@code ids}. */
    List<Result> run(Set<UUID> ids, Wish wish) {
        Map<UUID, List<Target>> byAccount = targets.find(ids).stream().collect(Collectors.groupingBy(Target::account));
        List<AccountPart> parts = new ArrayList<>();
        byAccount.forEach((account, emails) -> parts.add(new AccountPart(account, emails)));
        await(parts.stream().map(part -> start(part, wish)).toList());
        Map<UUID, AccountPart> partOf = new java.util.HashMap<>();
        parts.forEach(part -> part.emails().forEach(email -> partOf.put(email.id(), part)));
        return ids.stream()
                .map(id -> partOf.containsKey(id) ? partOf.get(id).result(id) : unknown(id))
                .toList();
    }

    private CompletableFuture<Void> start(AccountPart part, Wish wish) {
        UUID organisation = Tenancy.current();
        try {
            return CompletableFuture.runAsync(() -> Tenancy.in(organisation, () -> work(part, wish)), workers);
        } catch (RejectedExecutionException full) {
            part.refuse("too many bulk changes are being made; try again later");
            return CompletableFuture.completedFuture(null);
        }
    }

    private void work(AccountPart part, Wish wish) {
        if (!part.begin()) {
            return;
        }
        try {
            Map<UUID, Outcome> outcomes = changes.change(
                    part.account(), part.emails(), wish, (id, failure) -> part.note(failed(id, failure)));
            outcomes.forEach((id, outcome) -> part.note(result(id, outcome)));
        } catch (RuntimeException fault) {
            LOG.error("a bulk change failed by a fault of the server: {}", FaultTrace.of(fault), fault);
            part.emails().forEach(email -> part.note(fault(email.id())));
        }
    }

    /** Waits until all is done, or the deadline. */
    private void await(List<CompletableFuture<Void>> running) {
        try {
            Void unused = CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                    .get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // Each email says so.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("a part of a bulk change failed", fault);
        }
    }

    private static Result unknown(UUID id) {
        return Result.failed(id, new UnknownMailException("email").problem());
    }

    private static Result result(UUID id, Outcome outcome) {
        return switch (outcome) {
            case DONE -> Result.done(id, HttpStatus.OK.value());
            case TO_BE_FOUND -> Result.done(id, HttpStatus.ACCEPTED.value());
            case MOVED_AWAY -> Result.failed(id, new MovedAwayException().problem());
        };
    }

    private static Result failed(UUID id, RuntimeException failure) {
        if (failure instanceof MailException ofAccount) {
            return Result.failed(id, Problems.of(ofAccount));
        }
        return failure instanceof ApiException refused ? Result.failed(id, refused.problem()) : fault(id);
    }

    private static Result fault(UUID id) {
        return Result.failed(
                id,
                Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "The server failed",
                        "this is a fault of the server; its log says more"));
    }

    /** What is running ends by its own deadline. */
    @Override
    public void close() {
        workers.shutdown();
    }
}
