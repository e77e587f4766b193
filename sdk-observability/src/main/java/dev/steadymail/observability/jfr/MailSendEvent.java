package dev.steadymail.observability.jfr;

import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.observability.EnumWords;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A step of an outbox that asks the provider. Written by its one thread. */
@Name("dev.steadymail.MailSend")
@Label("Mail Send")
@Category("Steadymail")
@Description("A step of an outbox that asks the provider.")
@StackTrace(false)
final class MailSendEvent extends Event {
    @Label("Protocol")
    @Nullable
    String protocol;

    @Label("Attempts")
    int attempts;

    @Label("State")
    @Nullable
    String state;

    @Label("Outcome")
    @Nullable
    String outcome;

    void tell(SendEvent send) {
        attempts = send.attempts();
        state = EnumWords.of(send.outcome());
        outcome = Outcomes.of(send.failure());
        commit();
    }
}
