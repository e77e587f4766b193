package dev.steadymail.imap.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.steadymail.imap.budget.HostBudget.Permit;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whoever waits for a connection of the host gets one that another account has without need. */
class AskingHoldersTest {
    private final HostBudget host = new HostConnections(System::nanoTime).of("imap.example.com:993", 1, 100);

    @Test
    void acquire_holderBusyAtFirst_isAskedAgain() {
        Permit taken = host.acquire(deadline(), () -> false);
        AtomicInteger asked = new AtomicInteger();
        host.join(() -> {
            boolean lets = asked.incrementAndGet() == 3;
            if (lets) {
                CompletableFuture<Void> unused = CompletableFuture.runAsync(taken::giveBack);
            }
            return lets;
        });
        assertNotNull(host.acquire(deadline(), () -> false));
        assertEquals(3, asked.get());
    }

    @Test
    void acquire_limitRaised_goesOn() {
        HostConnections hosts = new HostConnections(System::nanoTime);
        HostBudget budget = hosts.of("imap.example.com:993", 1, 100);
        Permit first = budget.acquire(deadline(), () -> false);
        CompletableFuture<Permit> second = CompletableFuture.supplyAsync(() -> budget.acquire(deadline(), () -> false));
        assertEquals(budget, hosts.of("imap.example.com:993", 2, 100));
        assertNotNull(second.join());
        first.giveBack();
    }

    private static Deadline deadline() {
        return new Deadline(System.nanoTime() + Duration.ofSeconds(20).toNanos(), System::nanoTime);
    }
}
