package dev.steadymail.smtp;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the sender wants to hear of a delivery (RFC 3461): when, how much of the message comes back, and by which name. Immutable and
 * thread-safe; every method that takes a value returns a changed copy. A server that cannot do it refuses the message with kind
 * UNSUPPORTED, before anything is sent.
 */
public final class DeliveryNotices {
    private static final int LONGEST_ID = 100;

    private final Set<Event> events;
    private final boolean wholeMessage;
    private final @Nullable String envelopeId;

    private DeliveryNotices(Set<Event> events, boolean wholeMessage, @Nullable String envelopeId) {
        this.events = events.isEmpty() ? EnumSet.noneOf(Event.class) : EnumSet.copyOf(events);
        this.wholeMessage = wholeMessage;
        this.envelopeId = envelopeId;
    }

    /** When a notice is sent. */
    public enum Event {
        /** The message was delivered. */
        SUCCESS,
        /** It was not, and will not be. */
        FAILURE,
        /** It was not yet. */
        DELAY
    }

    /** Returns notices of these events, with the header of the message only; none of them stands for no notice at all. */
    public static DeliveryNotices on(Event... events) {
        return new DeliveryNotices(Set.of(events), false, null);
    }

    /** Has notices of failures hold the whole message. */
    public DeliveryNotices withWholeMessage() {
        return new DeliveryNotices(events, true, envelopeId);
    }

    /**
     * Sets what notices name the message by.
     *
     * @param id 1 to 100 characters of visible ASCII
     */
    public DeliveryNotices envelopeId(String id) {
        if (!id.matches("[!-~]{1," + LONGEST_ID + "}")) {
            throw new IllegalArgumentException("envelopeId must be 1 to 100 characters of visible ASCII");
        }
        return new DeliveryNotices(events, wholeMessage, id);
    }

    /** Returns what MAIL takes (RFC 3461 section 4.3 and 4.4). */
    String ofMail() {
        String id = envelopeId == null ? "" : " ENVID=" + xtext(envelopeId);
        return " RET=" + (wholeMessage ? "FULL" : "HDRS") + id;
    }

    /** Returns what RCPT takes (RFC 3461 section 4.1). */
    String ofRecipient() {
        String when = events.stream().map(Event::name).collect(Collectors.joining(","));
        return " NOTIFY=" + (when.isEmpty() ? "NEVER" : when);
    }

    /** RFC 3461 section 4: plus sign and equals sign are written as hexadecimal. */
    private static String xtext(String id) {
        StringBuilder text = new StringBuilder();
        for (byte octet : id.getBytes(StandardCharsets.US_ASCII)) {
            text.append(octet == '+' || octet == '=' ? String.format("+%02X", octet) : String.valueOf((char) octet));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "DeliveryNotices" + events;
    }
}
