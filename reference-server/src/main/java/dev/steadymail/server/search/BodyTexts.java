package dev.steadymail.server.search;

import dev.steadymail.server.mail.EmailTextRead;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.FaultTrace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps the texts that people read for searches, one after the other behind their backs. A text that finds 100 others waiting is left
 * out and counted: it is read again some day. Thread-safe.
 */
@Component
class BodyTexts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BodyTexts.class);
    private static final int MOST_WAITING = 100;
    private static final long LAST_WAIT_SECONDS = 2;

    private final JdbcTemplate jdbc;
    private final Counter dropped;
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                Thread thread = new Thread(work, "search-texts");
                thread.setDaemon(true);
                return thread;
            });

    BodyTexts(JdbcTemplate jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.dropped = Counter.builder("steadymail.search.texts.dropped")
                .description("Texts of emails that were not kept for searches since too many waited")
                .register(meters);
    }

    @EventListener
    void read(EmailTextRead read) {
        UUID organisation = Tenancy.current();
        try {
            writer.execute(() -> Tenancy.in(organisation, () -> write(read)));
        } catch (RejectedExecutionException full) {
            dropped.increment();
        }
    }

    private void write(EmailTextRead read) {
        try {
            jdbc.query("select index_body(?, ?)", row -> {}, read.email(), read.text());
        } catch (RuntimeException failure) {
            dropped.increment();
            LOG.warn("the text of an email could not be kept for searches: {}", FaultTrace.of(failure));
        }
    }

    /** Gives what is being written a moment; the rest is left out. */
    @Override
    public void close() {
        writer.getQueue().clear();
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LAST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
