package dev.steadymail.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A call, with its waits and all its attempts. Written by its one thread. */
@Name("dev.steadymail.MailCall")
@Label("Mail Call")
@Category("Steadymail")
@Description("A call, with its waits and all its attempts.")
@StackTrace(false)
final class MailCallEvent extends Event {
    @Label("Operation")
    @Nullable
    String operation;

    @Label("Protocol")
    @Nullable
    String protocol;

    @Label("Lane")
    @Nullable
    String lane;

    @Label("Attempts")
    int attempts;

    @Label("Waited")
    @Timespan(Timespan.NANOSECONDS)
    long waited;

    @Label("Outcome")
    @Nullable
    String outcome;
}
