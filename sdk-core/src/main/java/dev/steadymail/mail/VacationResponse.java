package dev.steadymail.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer that the provider gives by itself while the account's owner is away (RFC 8621 section 8). Texts are content, so
 * {@link #toString} hides them.
 *
 * @param enabled whether it is given at all
 * @param fromDate mail that arrives before is not answered, or null for no beginning
 * @param toDate mail that arrives at or after it is not answered, or null for no end; later than {@code fromDate}
 * @param subject of the answer, or null for the provider's choice
 * @param textBody plain text, or null
 * @param htmlBody HTML, or null; where both are given, who can read HTML gets that
 */
public record VacationResponse(
        boolean enabled,
        @Nullable Instant fromDate,
        @Nullable Instant toDate,
        @Nullable String subject,
        @Nullable String textBody,
        @Nullable String htmlBody) {
    public VacationResponse {
        if (fromDate != null && toDate != null && !fromDate.isBefore(toDate)) {
            throw new IllegalArgumentException("toDate must be later than fromDate");
        }
    }

    /** No answer, and no texts. */
    public static final VacationResponse OFF = new VacationResponse(false, null, null, null, null, null);

    /** Returns an answer in plain text, from now on until it is switched off. */
    public static VacationResponse text(String subject, String textBody) {
        return new VacationResponse(true, null, null, subject, textBody, null);
    }

    /** Returns the same answer for a time. */
    public VacationResponse between(@Nullable Instant fromDate, @Nullable Instant toDate) {
        return new VacationResponse(enabled, fromDate, toDate, subject, textBody, htmlBody);
    }

    /** Returns the same answer, switched off and ready for another time. */
    public VacationResponse off() {
        return new VacationResponse(false, fromDate, toDate, subject, textBody, htmlBody);
    }

    @Override
    public String toString() {
        return "VacationResponse[" + (enabled ? "on" : "off") + "]";
    }
}
