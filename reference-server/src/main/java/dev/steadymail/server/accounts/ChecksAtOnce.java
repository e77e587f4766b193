package dev.steadymail.server.accounts;

import dev.steadymail.server.web.ApiException;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How many checks wait for mail servers at once, so that they leave threads for others: few in all, and fewer of one organisation. */
@Component
public final class ChecksAtOnce {
    private static final int IN_ALL = 32;
    private static final int OF_ONE = 4;

    private final Semaphore all = new Semaphore(IN_ALL);
    private final ConcurrentHashMap<UUID, Integer> running = new ConcurrentHashMap<>();

    /**
     * Works for an organisation.
     *
     * @throws BusyException where too much is going on already
     */
    public <T> T run(UUID organisation, Supplier<T> work) {
        if (!all.tryAcquire()) {
            throw new BusyException();
        }
        try {
            if (running.merge(organisation, 1, Integer::sum) > OF_ONE) {
                throw new BusyException();
            }
            return work.get();
        } finally {
            running.computeIfPresent(organisation, (id, count) -> count == 1 ? null : count - 1);
            all.release();
        }
    }

    /** Too much is going on. */
    static final class BusyException extends ApiException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many accounts are being checked",
                    "at most " + OF_ONE
                            + " accounts of an organisation are looked for or checked at once; wait for the answers"
                            + " and repeat");
        }
    }
}
