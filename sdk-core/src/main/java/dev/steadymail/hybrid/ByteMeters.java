package dev.steadymail.hybrid;

import dev.steadymail.mail.AccountId;
import dev.steadymail.time.TimeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of one runtime, which outlive the clients: an account that is opened again has not got a new day. Thread-safe. */
final class ByteMeters implements AutoCloseable {
    private final Map<AccountId, ByteMeter> meters = new ConcurrentHashMap<>();
    private final TimeSource time;

    ByteMeters(TimeSource time) {
        this.time = time;
    }

    /** Returns the meter of an account; the limit is as stated last. */
    ByteMeter of(AccountId account, long dailyBytes) {
        ByteMeter meter = meters.computeIfAbsent(account, absent -> new ByteMeter(time));
        meter.limit(dailyBytes);
        return meter;
    }

    @Override
    public void close() {
        meters.clear();
    }
}
