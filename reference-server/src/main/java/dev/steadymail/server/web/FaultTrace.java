package dev.steadymail.server.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fault in one line that may be logged: the classes of the exception and its causes, and where in our code it passed. Their
 * messages are left out, since those of databases and parsers repeat what they were given.
 */
public final class FaultTrace {
    private static final String OURS = "dev.steadymail.";
    private static final int MOST_CAUSES = 8;

    private FaultTrace() {}

    public static String of(Throwable fault) {
        List<String> classes = new ArrayList<>();
        String place = "";
        Throwable cause = fault;
        while (cause != null && classes.size() < MOST_CAUSES) {
            classes.add(cause.getClass().getName());
            place = place.isEmpty() ? place(cause) : place;
            cause = cause.getCause();
        }
        return String.join(" by ", classes) + (place.isEmpty() ? "" : " at " + place)
                + "; STEADYMAIL_DEBUG=1 shows all of it";
    }

    private static String place(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("");
    }
}
