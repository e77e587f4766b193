package dev.steadymail.provider;

import dev.steadymail.event.Telemetry;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Traffic;
import dev.steadymail.time.TimeSource;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What the runtime lends to a provider for the life of one client. The provider closes none of it.
 *
 * @param guard passes every wire request, priced, paced and retried by itself
 * @param time clock, timers and chance
 * @param workers threads that may block; bounded, so never submit work that waits for other work
 * @param traffic where requests and octets are counted
 * @param resolver finds the addresses of hosts; connections go to no others
 * @param shared what the accounts of one runtime share beyond this
 * @param telemetry how the provider tells what it does beyond what the guard tells
 * @param others makes the context of another account, see {@link #beside}
 */
public record ProviderContext(
        Guard guard,
        TimeSource time,
        Executor workers,
        Traffic traffic,
        HostResolver resolver,
        SharedResources shared,
        Telemetry telemetry,
        Function<MailAccount, ProviderContext> others) {
    /**
     * Returns what a second account of the same client is opened with, another door to the same mailbox: a guard of its own, so that
     * neither waits for the other's circuit or places, and counters of its own, whose counts are the client's as well. Whoever asks
     * closes that guard.
     */
    public ProviderContext beside(MailAccount account) {
        return others.apply(account);
    }
}
