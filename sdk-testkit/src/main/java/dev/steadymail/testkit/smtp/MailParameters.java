package dev.steadymail.testkit.smtp;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What MAIL may say besides the sender. The components are as in {@link SmtpEnvelope}. */
record MailParameters(
        long declaredSize,
        String body,
        boolean smtpUtf8,
        @Nullable String returned,
        @Nullable String envelopeId) {

    private static final int LONGEST_ENVELOPE_ID = 100;
    private static final int LONGEST_IDENTITY = 500;

    static MailParameters read(EsmtpParameters parameters, SmtpSettings settings) {
        String size = settings.offers(SmtpExtension.SIZE) ? parameters.take("SIZE", "\\d{1,18}") : null;
        boolean utf8 = settings.offers(SmtpExtension.SMTPUTF8) && parameters.take("SMTPUTF8", "") != null;
        boolean dsn = settings.offers(SmtpExtension.DSN);
        String returned = dsn ? parameters.take("RET", "(?i)FULL|HDRS") : null;
        String envelopeId = dsn ? parameters.takeXtext("ENVID", LONGEST_ENVELOPE_ID) : null;
        String body = body(parameters, settings);
        if (settings.hasLogins()) {
            // Who sent the message first (RFC 4954 section 5) is neither believed nor kept.
            parameters.take("AUTH", "<>|[!-~]{1," + LONGEST_IDENTITY + "}");
        }
        parameters.requireNoMore();
        return new MailParameters(
                size == null ? -1 : Long.parseLong(size),
                body,
                utf8,
                returned == null ? null : returned.toUpperCase(Locale.ROOT),
                envelopeId);
    }

    private static String body(EsmtpParameters parameters, SmtpSettings settings) {
        boolean binary = settings.offers(SmtpExtension.BINARY_MIME) && settings.offers(SmtpExtension.CHUNKING);
        if (!settings.offers(SmtpExtension.EIGHT_BIT_MIME) && !binary) {
            return "7BIT";
        }
        String body = parameters.take("BODY", binary ? "(?i)7BIT|8BITMIME|BINARYMIME" : "(?i)7BIT|8BITMIME");
        return Objects.requireNonNullElse(body, "7BIT").toUpperCase(Locale.ROOT);
    }
}
