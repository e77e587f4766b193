package dev.steadymail.benchmarks.imap;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.event.ClientEvent;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.imap.ImapAccount.Security;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The runtime that all runs of this process share, as a server's accounts do. Thread-safe. */
final class Steadymail implements AutoCloseable {
    /** A whole mailbox may come in one call. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(15);

    private final LongAdder waitedNanos = new LongAdder();
    private final MailRuntime runtime =
            MailRuntime.builder().callTimeout(CALL_TIMEOUT).listener(this::hear).build();

    MailClient open(Endpoint endpoint) {
        ImapAccount account = ImapAccount.at(Endpoint.HOST, Credentials.password(endpoint.user(), endpoint.password()))
                .port(endpoint.port());
        return runtime.open(
                endpoint.certificate() == null
                        ? account.security(Security.NONE_LOOPBACK_ONLY)
                        : account.trusting(endpoint.certificate()));
    }

    /** Returns how long attempts waited for their start since {@link #forgetWaits}, all together: how far the guard paced them. */
    Duration waited() {
        return Duration.ofNanos(waitedNanos.sum());
    }

    void forgetWaits() {
        waitedNanos.reset();
    }

    private void hear(ClientEvent event) {
        if (event instanceof ClientEvent.RequestEvent request) {
            waitedNanos.add(request.waited().toNanos());
        }
    }

    @Override
    public void close() {
        runtime.close();
    }
}
