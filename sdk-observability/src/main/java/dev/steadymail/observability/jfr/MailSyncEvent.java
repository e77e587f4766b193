package dev.steadymail.observability.jfr;

import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.observability.EnumWords;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A run of a sync. Written by its one thread. */
@Name("dev.steadymail.MailSync")
@Label("Mail Sync")
@Category("Steadymail")
@Description("A run of a sync.")
@StackTrace(false)
final class MailSyncEvent extends Event {
    @Label("Protocol")
    @Nullable
    String protocol;

    @Label("Mode")
    @Nullable
    String mode;

    @Label("Created")
    long created;

    @Label("Updated")
    long updated;

    @Label("Destroyed")
    long destroyed;

    @Label("Recovered")
    long recovered;

    @Label("Parked")
    long parked;

    @Label("Outcome")
    @Nullable
    String outcome;

    void tell(SyncEvent sync) {
        mode = EnumWords.of(sync.mode());
        created = sync.created();
        updated = sync.updated();
        destroyed = sync.destroyed();
        recovered = sync.recovered();
        parked = sync.parked();
        outcome = Outcomes.of(sync.failure());
        commit();
    }
}
