package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.observability.jfr.JfrTracing;
import dev.steadymail.provider.MailAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records what a client does while it lists mailboxes, and reads the recording: what JDK Mission Control would show. */
public final class RecordWithJfr {
    private RecordWithJfr() {}

    public static void main(String[] args) {
        for (RecordedEvent call : run(ExampleAccount.from(System.getenv()))) {
            System.out.printf(
                    "%s took %d ms, of which it waited %d ms: %s%n",
                    call.getString("operation"),
                    call.getDuration().toMillis(),
                    call.getDuration("waited").toMillis(),
                    call.getString("outcome"));
        }
    }

    static List<RecordedEvent> run(MailAccount account) {
        try (Recording recording = new Recording();
                MailRuntime runtime =
                        MailRuntime.builder().tracing(JfrTracing.standard()).build();
                MailClient mail = runtime.open(account)) {
            recording.enable("dev.steadymail.MailCall");
            recording.start();
            var unused = mail.mailboxes().list();
            recording.stop();
            return calls(recording);
        }
    }

    private static List<RecordedEvent> calls(Recording recording) {
        try {
            Path file = Files.createTempFile("mail", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().equals("dev.steadymail.MailCall"))
                        .toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}
