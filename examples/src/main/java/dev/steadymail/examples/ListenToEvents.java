package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.provider.MailAccount;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by their name, and adds up how long they waited for their turn: what a metrics library would be told. */
public final class ListenToEvents {
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder waitedNanos = new LongAdder();

    private ListenToEvents() {}

    public static void main(String[] args) {
        ListenToEvents heard = run(ExampleAccount.from(System.getenv()));
        System.out.printf("%s, %d ms waited%n", heard.requests, heard.waited().toMillis());
    }

    static ListenToEvents run(MailAccount account) {
        ListenToEvents heard = new ListenToEvents();
        try (MailRuntime runtime = MailRuntime.builder().listener(heard::on).build();
                MailClient mail = runtime.open(account)) {
            var unused = mail.mailboxes().list();
        }
        return heard;
    }

    /** Called on the thread of the request, from many at once: count, and return. */
    private void on(ClientEvent event) {
        if (event instanceof RequestEvent request) {
            requests.computeIfAbsent(request.operation(), name -> new LongAdder())
                    .increment();
            waitedNanos.add(request.waited().toNanos());
        }
    }

    Map<String, LongAdder> requests() {
        return requests;
    }

    Duration waited() {
        return Duration.ofNanos(waitedNanos.sum());
    }
}
