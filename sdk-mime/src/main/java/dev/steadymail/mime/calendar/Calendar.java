package dev.steadymail.mime.calendar;

import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A calendar that a message carries (RFC 6047 section 2.4), with what it wants of its reader. Anybody can write anything into one: change no
 * calendar before its owner agrees. Its content is private, so {@link #toString} hides it. Immutable.
 *
 * @param method what the sender wants
 * @param part the part that it is; its text is the calendar (RFC 5545)
 */
public record Calendar(Method method, ParsedPart part) {
    /** What the sender wants (RFC 5546 section 1.4). */
    public enum Method {
        /** Tells of an event, and wants no answer. */
        PUBLISH,
        /** Invites, or changes what it invited to. */
        REQUEST,
        /** Answers an invitation. */
        REPLY,
        /** Adds instances to an event. */
        ADD,
        CANCEL,
        /** Asks for the latest version. */
        REFRESH,
        /** Proposes something else to who invited. */
        COUNTER,
        DECLINECOUNTER,
        /** A calendar to look at, as files have it: no method is stated. */
        NONE,
        /** A word that nobody knows, or two that contradict each other: nothing to act upon. */
        UNKNOWN
    }

    /** Returns the calendars of a message in its order, attached ones and alternatives included; most invitations come in both ways. */
    public static List<Calendar> of(ParsedEmail email) {
        return email.root()
                .walk()
                .filter(part ->
                        part.type().equals("text/calendar") || part.type().equals("application/ics"))
                .map(part -> new Calendar(method(part), part))
                .toList();
    }

    /** The parameter and the property must say the same (RFC 6047 section 2.4); many senders leave one of them out. */
    private static Method method(ParsedPart part) {
        Method declared = method(part.parameter("method"));
        Method inside = method(new CalendarLines(part).method());
        if (declared == Method.NONE || inside == Method.NONE) {
            return declared == Method.NONE ? inside : declared;
        }
        return declared == inside ? declared : Method.UNKNOWN;
    }

    private static Method method(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return Method.NONE;
        }
        try {
            Method method = Method.valueOf(word.strip().toUpperCase(Locale.ROOT));
            return method == Method.NONE ? Method.UNKNOWN : method;
        } catch (IllegalArgumentException other) {
            return Method.UNKNOWN;
        }
    }

    /** Returns the calendar's text, decoded. */
    public String text() {
        return part.text();
    }

    @Override
    public String toString() {
        return "Calendar[" + method + "]";
    }
}
