package dev.steadymail.event;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.time.TimeSource;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How what serves one account tells what it does, whether or not anybody listens. Thread-safe. */
public final class Telemetry {
    private final AccountId account;
    private final Protocol protocol;
    private final @Nullable ClientEventListener listener;
    private final @Nullable Tracing tracing;
    private final TimeSource time;
    /** Made when somebody first asks for it: most accounts never write one. */
    private volatile @Nullable ProtocolLog protocolLog;

    private Telemetry(
            AccountId account,
            Protocol protocol,
            TimeSource time,
            @Nullable ClientEventListener listener,
            @Nullable Tracing tracing,
            @Nullable ProtocolLog protocolLog) {
        this.account = account;
        this.protocol = protocol;
        this.listener = listener;
        this.tracing = tracing;
        this.time = time;
        this.protocolLog = protocolLog;
    }

    /**
     * Returns the telemetry of an account.
     *
     * @param listener hears events, or null
     * @param tracing follows work, or null
     */
    public static Telemetry of(
            AccountId account,
            Protocol protocol,
            TimeSource time,
            @Nullable ClientEventListener listener,
            @Nullable Tracing tracing) {
        return new Telemetry(account, protocol, time, listener, tracing, null);
    }

    /** Returns the telemetry of an account that nobody listens to. */
    public static Telemetry none(AccountId account, TimeSource time) {
        return of(account, Protocol.OTHER, time, null, null);
    }

    /** Returns the same with another log, for a second door to the mailbox of a client that has one already. */
    public Telemetry writing(ProtocolLog shared) {
        return new Telemetry(account, protocol, time, listener, tracing, shared);
    }

    public AccountId account() {
        return account;
    }

    public Protocol protocol() {
        return protocol;
    }

    /** Returns where it is written what was said over connections, off until somebody starts it. */
    public ProtocolLog protocolLog() {
        ProtocolLog made = protocolLog;
        return made == null ? makeLog() : made;
    }

    private synchronized ProtocolLog makeLog() {
        ProtocolLog made = protocolLog;
        if (made == null) {
            made = new ProtocolLog(time);
            protocolLog = made;
        }
        return made;
    }

    /** Returns the stamp of an event that happens now. */
    public Instant now() {
        return time.now();
    }

    /** Returns whether anybody hears events; where nobody does, none need be made. */
    public boolean isHeard() {
        return listener != null;
    }

    /** Returns whether anybody hears or follows anything. */
    public boolean isOn() {
        return listener != null || tracing != null;
    }

    /** Tells an event. Holds no lock that others may need: what listens is the application's. */
    public void tell(ClientEvent event) {
        if (listener != null) {
            ClientEventListener.tell(listener, event);
        }
    }

    /** Follows a call, or returns null where nobody does. */
    public @Nullable CallTrace call(String operation, Lane lane) {
        return tracing == null ? null : tracing.call(account, protocol, operation, lane);
    }

    /** Follows work that is made of calls. */
    public WorkTrace work(Tracing.Work work) {
        return tracing == null ? WorkTrace.NONE : tracing.work(work, account, protocol);
    }

    /** Returns an executor whose tasks go on with what the thread was doing that handed them in; the same where nobody follows it. */
    public Executor carrying(Executor executor) {
        return tracing == null ? executor : tracing.carrying(executor);
    }

    /** Tells what goes along with an HTTP request that this thread is about to make for an attempt. */
    public void headers(BiConsumer<String, String> header) {
        if (tracing != null) {
            tracing.headers(header);
        }
    }
}
