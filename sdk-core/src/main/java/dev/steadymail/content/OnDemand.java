package dev.steadymail.content;

import dev.steadymail.mail.Lane;
import dev.steadymail.provider.Call;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.function.Function;

/** Reads what somebody waits for: in the INTERACTIVE lane of the account, past whatever holds back a run. Thread-safe. */
final class OnDemand implements Reading {
    private final TimeSource time;
    private final Duration timeout;

    OnDemand(TimeSource time, Duration timeout) {
        this.time = time;
        this.timeout = timeout;
    }

    @Override
    public <T> T call(String operation, long octets, Function<Call, T> work) {
        Duration limit = timeout.plusSeconds(octets / SLOWEST_BYTES_PER_SECOND);
        return work.apply(new Call(time.deadline(limit), Lane.INTERACTIVE));
    }
}
