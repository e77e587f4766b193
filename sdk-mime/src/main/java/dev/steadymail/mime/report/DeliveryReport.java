package dev.steadymail.mime.report;

import dev.steadymail.mime.MimeHeaders;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A report that mail was or was not delivered (RFC 3464). Reports can be forged: that one names a message that was sent, by {@link
 * #original}, is the least to ask for. Its content is private, so {@link #toString} hides it. Immutable.
 *
 * @param reportingHost the host that reports, as written; empty where not told
 * @param recipients what became of the message, recipient by recipient
 * @param original header fields of the message that the report is about, or null where it came without
 */
public record DeliveryReport(
        String reportingHost,
        List<Recipient> recipients,
        @Nullable MimeHeaders original) {
    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    public DeliveryReport {
        recipients = List.copyOf(recipients);
    }

    /** What was done (RFC 3464 section 2.3.3). */
    public enum Action {
        /** It was not delivered, and will not be. */
        FAILED,
        /** It is tried further. */
        DELAYED,
        DELIVERED,
        /** It went on to a host that reports nothing. */
        RELAYED,
        /** It was delivered to a list. */
        EXPANDED,
        /** A word that nobody knows, or none. */
        UNKNOWN
    }

    /**
     * What became of the message for one recipient.
     *
     * @param address whom it was finally for, as written, without the address type
     * @param action what was done
     * @param status the enhanced code (RFC 3463), for example {@code 5.1.1}, or null where there is none
     * @param diagnostic what the host that refused it said, without its type; empty where not told
     */
    public record Recipient(
            String address, Action action, @Nullable String status, String diagnostic) {
        /** Returns whether trying again is of no use: it failed, and its code does not say that this may pass. */
        public boolean isPermanent() {
            return action == Action.FAILED && (status == null || !status.startsWith("4"));
        }

        @Override
        public String toString() {
            return "Recipient[" + action + ", " + status + "]";
        }
    }

    /** Returns the report that a message is; empty where it has no part of type {@code message/delivery-status}. */
    public static Optional<DeliveryReport> of(ParsedEmail email) {
        List<ParsedPart> parts = email.root().walk().toList();
        return Parts.first(parts, "message/delivery-status", "message/global-delivery-status")
                .map(status -> report(FieldGroups.of(status), Parts.original(parts)));
    }

    private static DeliveryReport report(List<MimeHeaders> groups, @Nullable MimeHeaders original) {
        String host = groups.isEmpty() ? "" : value(groups.get(0), "Reporting-MTA");
        List<Recipient> recipients = groups.stream()
                .filter(group -> !address(group).isEmpty())
                .map(DeliveryReport::recipient)
                .toList();
        return new DeliveryReport(host, recipients, original);
    }

    private static Recipient recipient(MimeHeaders group) {
        Matcher status = STATUS.matcher(group.text("Status"));
        return new Recipient(
                address(group),
                action(group.text("Action")),
                status.find() ? status.group() : null,
                value(group, "Diagnostic-Code"));
    }

    private static String address(MimeHeaders group) {
        String address = value(group, "Final-Recipient");
        String known = address.isEmpty() ? value(group, "Original-Recipient") : address;
        return known.startsWith("<") && known.endsWith(">") ? known.substring(1, known.length() - 1) : known;
    }

    /** Returns a value without its type, which stands in front of a semicolon (RFC 3464 section 2.1.2). */
    private static String value(MimeHeaders group, String name) {
        String typed = group.text(name);
        return typed.substring(typed.indexOf(';') + 1).strip();
    }

    /** Words may have comments behind them. */
    private static Action action(String text) {
        String word = text.strip().split("[\\s(;]", 2)[0].toUpperCase(Locale.ROOT);
        try {
            return word.isEmpty() ? Action.UNKNOWN : Action.valueOf(word);
        } catch (IllegalArgumentException other) {
            return Action.UNKNOWN;
        }
    }

    @Override
    public String toString() {
        return "DeliveryReport" + recipients;
    }
}
