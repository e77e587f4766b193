package dev.steadymail.mail;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every failure of the SDK, with the facts that a program needs to decide what to do. Messages name the rule and the remedy and
 * hold no secret, address or content.
 */
public final class MailException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The provider asked us to wait; see {@link MailException#retryAt}. */
        THROTTLED(true),
        /** Too many requests at once for this account. */
        CONCURRENCY(true),
        /** The provider says it cannot serve now. */
        UNAVAILABLE(true),
        /** The connection could not be made, could not be trusted, or broke. */
        NETWORK(true),
        /** One attempt took longer than it may. */
        TIMEOUT(true),
        /** The call's own deadline passed. */
        DEADLINE(false),
        /** The provider refused the credentials. */
        AUTH(false),
        /** The account must be connected again by its owner. */
        REAUTH_REQUIRED(false),
        /** The credentials are good but do not allow this. */
        FORBIDDEN(false),
        NOT_FOUND(false),
        CONFLICT(false),
        /** The request itself is wrong. */
        INVALID(false),
        TOO_LARGE(false),
        /** The provider cannot do this; see {@link Capabilities}. */
        UNSUPPORTED(false),
        /** The provider no longer knows the change cursor. */
        CURSOR_EXPIRED(false),
        /** The server answered something its protocol does not allow. */
        PROTOCOL(false),
        /** Local storage failed. */
        STORAGE(false),
        /** The caller cancelled, was interrupted, or the client was closed. */
        CANCELLED(false),
        CIRCUIT_OPEN(true),
        /** Too many calls wait already. */
        QUEUE_FULL(true);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Kind kind;
    private final boolean retryable;
    private final @Nullable Boolean effect;
    private final Reach reach;
    private final int attempts;
    private final transient @Nullable Instant retryAt;
    private final @Nullable String providerCode;

    private MailException(Builder builder) {
        super(builder.message, builder.cause);
        this.kind = builder.kind;
        this.retryable = builder.retryable;
        this.effect = builder.effect;
        this.reach = builder.reach;
        this.attempts = builder.attempts;
        this.retryAt = builder.retryAt;
        this.providerCode = builder.providerCode;
    }

    /** Returns an exception with nothing but kind and message. */
    public static MailException of(Kind kind, String message) {
        return new Builder(kind, message).build();
    }

    /** Returns an exception with a cause. */
    public static MailException of(Kind kind, String message, Throwable cause) {
        return new Builder(kind, message).cause(cause).build();
    }

    /** Starts an exception with more facts. */
    public static Builder builder(Kind kind, String message) {
        return new Builder(kind, message);
    }

    /** Starts a copy of this exception, so that facts can be added; the copy's cause is this one's. */
    public Builder toBuilder() {
        Builder copy = new Builder(kind, String.valueOf(getMessage()));
        copy.cause = getCause();
        copy.retryable = retryable;
        copy.effect = effect;
        copy.reach = reach;
        copy.attempts = attempts;
        copy.retryAt = retryAt;
        copy.providerCode = providerCode;
        return copy;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns whether the same request may succeed later without anyone changing anything. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Returns the earliest useful time for another try, where the provider stated one. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }

    /** Returns how many attempts were made; attempt counts start at 1, and 0 means that none was made. */
    public int attempts() {
        return attempts;
    }

    /** Returns the provider's own code, for example {@code AUTHENTICATIONFAILED} or {@code 403 rateLimitExceeded}. */
    public Optional<String> providerCode() {
        return Optional.ofNullable(providerCode);
    }

    /** Returns whether the provider may have done what was asked although no answer came; false where that is not known. */
    public boolean mayHaveTakenEffect() {
        return Boolean.TRUE.equals(effect);
    }

    /**
     * Returns whether what was asked may have been done, where somebody knows: true for may have, false for surely not. Empty where
     * nobody said, which for a request that must not be done twice is as good as may have.
     */
    public Optional<Boolean> effect() {
        return Optional.ofNullable(effect);
    }

    /**
     * Returns whom a failure of kind THROTTLED or UNAVAILABLE concerns, and so who has to wait; the account where the provider told
     * nothing else.
     */
    public Reach reach() {
        return reach;
    }

    /** Collects the facts of a {@link MailException}. Not thread-safe. */
    public static final class Builder {
        private final Kind kind;
        private final String message;
        private @Nullable Throwable cause;
        private boolean retryable;
        private @Nullable Boolean effect;
        private Reach reach = Reach.ACCOUNT;
        private int attempts;
        private @Nullable Instant retryAt;
        private @Nullable String providerCode;

        private Builder(Kind kind, String message) {
            this.kind = kind;
            this.retryable = kind.retryable;
            this.message = message;
        }

        public Builder cause(@Nullable Throwable cause) {
            this.cause = cause;
            return this;
        }

        /** Says that a failure of a kind that usually passes will not: a certificate that is not trusted, for example. */
        public Builder permanent() {
            this.retryable = false;
            return this;
        }

        /** Says whether what was asked may have been done, or surely was not; leave it out where neither is known. */
        public Builder mayHaveTakenEffect(boolean mayHaveTakenEffect) {
            this.effect = mayHaveTakenEffect;
            return this;
        }

        /** Says whom the failure concerns. */
        public Builder reach(Reach reach) {
            this.reach = reach;
            return this;
        }

        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        public Builder retryAt(@Nullable Instant retryAt) {
            this.retryAt = retryAt;
            return this;
        }

        public Builder providerCode(@Nullable String providerCode) {
            this.providerCode = providerCode;
            return this;
        }

        public MailException build() {
            return new MailException(this);
        }
    }
}
