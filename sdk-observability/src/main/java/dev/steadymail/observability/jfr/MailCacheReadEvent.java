package dev.steadymail.observability.jfr;

import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.observability.EnumWords;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A read that the memory of a cache did not answer alone. Written by its one thread. */
@Name("dev.steadymail.MailCacheRead")
@Label("Mail Cache Read")
@Category("Steadymail")
@Description("A read that the memory of a cache did not answer alone.")
@StackTrace(false)
@Threshold("1 ms")
final class MailCacheReadEvent extends Event {
    @Label("Protocol")
    @Nullable
    String protocol;

    @Label("Subject")
    @Nullable
    String subject;

    @Label("Hits")
    int hits;

    @Label("Shared Hits")
    int sharedHits;

    @Label("Sourced")
    int sourced;

    @Label("Loads")
    int loads;

    @Label("Stale")
    int stale;

    @Label("Outcome")
    @Nullable
    String outcome;

    void tell(CacheEvent cache) {
        subject = EnumWords.of(cache.subject());
        hits = cache.hits();
        sharedHits = cache.sharedHits();
        sourced = cache.sourced();
        loads = cache.loads();
        stale = cache.stale();
        outcome = Outcomes.of(cache.failure());
        commit();
    }
}
