package dev.steadymail.gmail;

import dev.steadymail.event.ConnectionLog;
import dev.steadymail.event.ProtocolLog;
import dev.steadymail.gmail.http.ExchangeTally;
import dev.steadymail.mail.Protocol;
import dev.steadymail.time.TimeSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is written down of one request: names of methods, status, octets, time. Used by one thread; its count of octets is thread-safe. */
final class RequestLog {
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final ConnectionLog log;
    private final TimeSource time;
    private final String name;
    private final ExchangeTally tally;
    private final Map<String, Integer> parts = new TreeMap<>();

    private RequestLog(ConnectionLog log, TimeSource time, String name) {
        this.log = log;
        this.time = time;
        this.name = name;
        this.tally = new ExchangeTally(time.nanoTime());
    }

    /** Begins, or returns null where the log is off. */
    static @Nullable RequestLog begin(ProtocolLog log, TimeSource time, String name) {
        return log.isOn() ? new RequestLog(log.connection(Protocol.GMAIL), time, name) : null;
    }

    /** Counts the octets of the request that is about to be sent. */
    void follow(okhttp3.Call call) {
        String verb = call.request().method().toUpperCase(Locale.ROOT);
        log.sent((VERBS.contains(verb) ? verb : "<" + verb.length() + ">") + " " + name);
        call.addEventListener(tally);
    }

    /** A part of a batch was answered. */
    void part(String method, int status) {
        var unused = parts.merge(method + " " + status, 1, Integer::sum);
    }

    /** The answer was read, or there is none. */
    void end() {
        log.received(name + " " + tally.line(time.nanoTime()));
        parts.forEach((part, count) -> log.received(name + ": " + count + " x " + part));
    }
}
