package dev.steadymail.smtp;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one submission server, and what it is told about itself. Immutable and thread-safe; every method that takes a value returns a
 * changed copy. No wait is longer than RFC 5321 section 4.5.3.2 has it, or than the call's deadline.
 */
public final class SmtpSettings {
    /** Limits that suit a server nobody knows anything about. */
    public static final SmtpSettings DEFAULT = new SmtpSettings();

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_END = Duration.ofMinutes(10);

    private Duration connectTimeout = Duration.ofSeconds(20);
    private Duration tlsTimeout = Duration.ofSeconds(15);
    private Duration greetingTimeout = Duration.ofMinutes(1);
    private Duration replyTimeout = Duration.ofMinutes(2);
    private Duration endTimeout = Duration.ofMinutes(10);
    private Duration keepOpen = Duration.ofSeconds(30);
    /** The address of nobody in particular: where we are is not the server's business (RFC 5321 section 4.1.1.1 allows a literal). */
    private String ehloName = "[127.0.0.1]";

    private @Nullable DeliveryNotices notices;

    private SmtpSettings() {}

    /** Sets how long reaching the server may take over all of its addresses; 20 seconds by default, 5 minutes at most. */
    public SmtpSettings connectTimeout(Duration timeout) {
        Duration checked = atMost("connectTimeout", timeout, LONGEST);
        return with(copy -> copy.connectTimeout = checked);
    }

    /** Sets how long the TLS handshake may take; 15 seconds by default, 5 minutes at most. */
    public SmtpSettings tlsTimeout(Duration timeout) {
        Duration checked = atMost("tlsTimeout", timeout, LONGEST);
        return with(copy -> copy.tlsTimeout = checked);
    }

    /** Sets how long the server may take to greet, which some do late on purpose; 1 minute by default, 5 minutes at most. */
    public SmtpSettings greetingTimeout(Duration timeout) {
        Duration checked = atMost("greetingTimeout", timeout, LONGEST);
        return with(copy -> copy.greetingTimeout = checked);
    }

    /** Sets how long the server may take to answer a command or to take some content; 2 minutes by default, 5 minutes at most. */
    public SmtpSettings replyTimeout(Duration timeout) {
        Duration checked = atMost("replyTimeout", timeout, LONGEST);
        return with(copy -> copy.replyTimeout = checked);
    }

    /**
     * Sets how long the server may take to accept a message that it has; 10 minutes by default, which is the most. Giving up sooner
     * leaves it unknown more often whether it did.
     */
    public SmtpSettings endTimeout(Duration timeout) {
        Duration checked = atMost("endTimeout", timeout, LONGEST_END);
        return with(copy -> copy.endTimeout = checked);
    }

    /** Sets how long the connection is kept for another message; 30 seconds by default, 5 minutes at most, zero for not at all. */
    public SmtpSettings keepOpen(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("keepOpen must be between 0 and " + LONGEST + ", was " + time);
        }
        return with(copy -> copy.keepOpen = time);
    }

    /**
     * Sets who EHLO says that we are; {@code [127.0.0.1]} by default.
     *
     * @param name a domain or an address literal, 1 to 255 characters of ASCII
     */
    public SmtpSettings ehloName(String name) {
        if (!name.matches("[A-Za-z0-9.:\\[\\]-]{1,255}")) {
            throw new IllegalArgumentException("ehloName must be a domain or an address literal such as [192.0.2.1]");
        }
        return with(copy -> copy.ehloName = name);
    }

    /** Asks for delivery notices with each message; none by default. */
    public SmtpSettings deliveryNotices(@Nullable DeliveryNotices notices) {
        return with(copy -> copy.notices = notices);
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration tlsTimeout() {
        return tlsTimeout;
    }

    /** Returns how long the server may take to say something about this. */
    Duration limit(Stage stage) {
        return switch (stage) {
            case GREETING -> greetingTimeout;
            case END -> endTimeout;
            default -> replyTimeout;
        };
    }

    Duration replyTimeout() {
        return replyTimeout;
    }

    Duration keepOpen() {
        return keepOpen;
    }

    String ehloName() {
        return ehloName;
    }

    @Nullable
    DeliveryNotices deliveryNotices() {
        return notices;
    }

    private static Duration atMost(String name, Duration value, Duration most) {
        if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be positive and at most " + most + ", was " + value);
        }
        return value;
    }

    private SmtpSettings with(Consumer<SmtpSettings> change) {
        SmtpSettings copy = new SmtpSettings();
        copy.connectTimeout = connectTimeout;
        copy.tlsTimeout = tlsTimeout;
        copy.greetingTimeout = greetingTimeout;
        copy.replyTimeout = replyTimeout;
        copy.endTimeout = endTimeout;
        copy.keepOpen = keepOpen;
        copy.ehloName = ehloName;
        copy.notices = notices;
        change.accept(copy);
        return copy;
    }
}
