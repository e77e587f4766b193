package dev.steadymail.benchmarks.observability;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEventListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times requests with Micrometer. Thread-safe. */
final class TimedCalls implements ClientEventListener {
    private final MeterRegistry meters;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    TimedCalls(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void on(ClientEvent event) {
        if (event instanceof RequestEvent request) {
            timer(request.operation()).record(request.latency());
        }
    }

    private Timer timer(String operation) {
        Timer timer = timers.get(operation);
        return timer == null ? timers.computeIfAbsent(operation, this::make) : timer;
    }

    private Timer make(String operation) {
        return Timer.builder("seen").tag("operation", operation).register(meters);
    }
}
