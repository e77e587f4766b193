package dev.steadymail.observability.log;

import dev.steadymail.event.CallTrace;
import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A call whose attempts have keys. An attempt is left on the thread on which it began, before the next one begins. */
final class KeyedCall implements CallTrace {
    private static final String[] KEYS = {LogKeys.ACCOUNT, LogKeys.PROTOCOL, LogKeys.OPERATION, LogKeys.LANE};

    private final @Nullable String[] values;
    private final @Nullable String[] before = new @Nullable String[KEYS.length];

    KeyedCall(@Nullable String account, String protocol, String operation, String lane) {
        this.values = new @Nullable String[] {account, protocol, operation, lane};
    }

    @Override
    public void attemptBegan(int attempt, long waitedNanos) {
        for (int i = 0; i < KEYS.length; i++) {
            before[i] = MDC.get(KEYS[i]);
            set(KEYS[i], values[i]);
        }
    }

    @Override
    public void attemptLeft(int attempt) {
        for (int i = 0; i < KEYS.length; i++) {
            set(KEYS[i], before[i]);
        }
    }

    private static void set(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    @Override
    public void succeeded() {}

    @Override
    public void failed(Kind failure, long waitedNanos) {}
}
