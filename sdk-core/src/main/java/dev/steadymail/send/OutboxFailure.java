package dev.steadymail.send;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, in a form that a store keeps.
 *
 * @param kind what kind of failure it was
 * @param providerCode the provider's own code, or null
 * @param message cause and remedy, without secret and content
 */
public record OutboxFailure(Kind kind, @Nullable String providerCode, String message) {
    static OutboxFailure of(MailException failure) {
        return new OutboxFailure(
                failure.kind(), failure.providerCode().orElse(null), String.valueOf(failure.getMessage()));
    }
}
