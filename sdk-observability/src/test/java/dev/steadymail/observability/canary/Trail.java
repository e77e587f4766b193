package dev.steadymail.observability.canary;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.event.ClientEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that anybody may be told of clients. */
final class Trail implements AutoCloseable {
    private final LoggedText log = new LoggedText();
    private final List<ClientEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> errors = new ArrayList<>();

    /** Returns a runtime that everything listens to. */
    MailRuntime.Builder runtime() {
        return MailRuntime.builder().listener(events::add);
    }

    /** A client is about to be used. */
    void follow(MailClient mail) {}

    /** Failures said this. */
    void failed(List<String> texts) {
        errors.addAll(texts);
    }

    /** A client was used. */
    void left(MailClient mail) {
        errors.add(mail.id() + " " + mail.explain() + " " + mail.ledger());
    }

    /** Returns what was found, by where. */
    List<String> hits() {
        List<String> hits = new ArrayList<>();
        look("events", events.toString(), hits);
        look("log", String.join("\n", log.lines()), hits);
        look("errors", String.join("\n", errors), hits);
        return hits;
    }

    private static void look(String where, String text, List<String> hits) {
        if (text.isEmpty()) {
            hits.add(where + " is empty, so that nothing can be found there");
        }
        Canaries.in(text.getBytes(StandardCharsets.UTF_8)).forEach(hit -> hits.add(where + ": " + hit));
    }

    @Override
    public void close() {
        log.close();
    }
}
