package dev.steadymail.gmail;

import com.google.api.client.http.HttpResponse;
import dev.steadymail.gmail.http.ResponseTooLargeException;
import dev.steadymail.guard.RetryHint;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Turns refusals and broken connections into {@link MailException}. The same quota condition comes as 403 or 429 and permanent
 * refusals are 403 too, so the status alone decides nothing: the reason and sometimes the message do. Texts of the server never
 * reach our messages. Thread-safe.
 */
final class GmailErrors {
    private static final Set<String> RATE = Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded");
    private static final String DAILY = "dailyLimitExceeded";
    /** A limit of hours or a day: looking again sooner is no use. */
    private static final Duration DAILY_PROBE = Duration.ofMinutes(15);

    private final InstantSource clock;

    GmailErrors(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the failure that an answer with an error status stands for. */
    MailException refused(String operation, boolean repeatable, HttpResponse response) {
        return refused(operation, repeatable, ErrorAnswer.of(response));
    }

    MailException refused(String operation, boolean repeatable, ErrorAnswer error) {
        Kind kind = kind(error);
        return MailException.builder(kind, operation + " was refused with HTTP " + error.code() + remedy(kind, error))
                .providerCode(error.code())
                .retryAt(retryAt(kind, error))
                .reach(reach(kind, error))
                .mayHaveTakenEffect(!repeatable && (error.status() >= 500 || kind == Kind.TIMEOUT))
                .build();
    }

    /**
     * Returns the failure that an I/O error stands for; the error's own text may hold addresses and stays in the cause.
     *
     * @param effect whether the server may have done what must not be done twice
     */
    MailException broken(String operation, boolean effect, IOException failure) {
        if (failure instanceof ResponseTooLargeException) {
            return tooLarge(operation, effect, failure);
        }
        if (Thread.currentThread().isInterrupted()) {
            return interrupted(operation, effect, failure);
        }
        if (isUntrusted(failure)) {
            return untrusted(operation, failure);
        }
        Kind kind = kind(failure);
        return MailException.builder(kind, operation + explanation(kind))
                .cause(failure)
                .mayHaveTakenEffect(effect)
                .build();
    }

    private static MailException tooLarge(String operation, boolean effect, IOException failure) {
        return MailException.builder(
                        Kind.TOO_LARGE,
                        operation + " had a larger answer than maxResponseBytes allows; raise it in GmailSettings")
                .cause(failure)
                .mayHaveTakenEffect(effect)
                .build();
    }

    /** OkHttp ends a request for an interrupted thread with what looks like silence of the server. */
    private static MailException interrupted(String operation, boolean effect, IOException failure) {
        return MailException.builder(Kind.CANCELLED, operation + " ended: the calling thread was interrupted")
                .cause(failure)
                .mayHaveTakenEffect(effect)
                .build();
    }

    private static MailException untrusted(String operation, IOException failure) {
        return MailException.builder(Kind.NETWORK, operation + " failed: the server's certificate was refused")
                .permanent()
                .cause(failure)
                .mayHaveTakenEffect(false)
                .build();
    }

    /** Only what asking again does not change: an end in the middle of a handshake is like any other. */
    private static boolean isUntrusted(IOException failure) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    private static Kind kind(IOException failure) {
        boolean late = failure instanceof SocketTimeoutException || failure instanceof InterruptedIOException;
        return late ? Kind.TIMEOUT : Kind.NETWORK;
    }

    private static String explanation(Kind kind) {
        return switch (kind) {
            case TIMEOUT -> " failed: the server was silent for too long";
            default -> " failed: the connection could not be made or broke before the answer was complete";
        };
    }

    private static Kind kind(ErrorAnswer error) {
        return switch (error.status()) {
            case 400, 405, 410, 411, 414, 416 -> Kind.INVALID;
            case 401 -> Kind.AUTH;
            case 403 -> forbidden(error);
            case 404 -> Kind.NOT_FOUND;
            case 408 -> Kind.TIMEOUT;
            case 409, 412 -> Kind.CONFLICT;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> throttled(error);
            default -> error.status() >= 500 ? Kind.UNAVAILABLE : Kind.PROTOCOL;
        };
    }

    /** Limits come as 403, too: where the reason is lost it is not for good. */
    private static Kind forbidden(ErrorAnswer error) {
        if (isQuota(error)) {
            return throttled(error);
        }
        return error.whole() ? Kind.FORBIDDEN : Kind.NETWORK;
    }

    private static boolean isQuota(ErrorAnswer error) {
        return RATE.contains(error.reason())
                || error.reason().equals(DAILY)
                || !error.limit().isEmpty()
                || isConcurrency(error);
    }

    private static Kind throttled(ErrorAnswer error) {
        return isConcurrency(error) ? Kind.CONCURRENCY : Kind.THROTTLED;
    }

    private static boolean isConcurrency(ErrorAnswer error) {
        return error.mentions("too many concurrent requests");
    }

    /** Without a stated time it is the guard that decides how long to wait, save for limits that last for hours. */
    private @Nullable Instant retryAt(Kind kind, ErrorAnswer error) {
        Instant now = clock.instant();
        return switch (kind) {
            case THROTTLED ->
                isDaily(error) ? RetryHint.later(error.retryAt(now), now.plus(DAILY_PROBE)) : error.retryAt(now);
            case CONCURRENCY, UNAVAILABLE -> error.retryAt(now);
            default -> null;
        };
    }

    /**
     * A limit that is named and is not one "per user" belongs to the project, and so does a daily one that no limit of the user's
     * explains. The reason tells nothing: the limit of one user comes as {@code rateLimitExceeded}, too.
     */
    private static Reach reach(Kind kind, ErrorAnswer error) {
        boolean named = !error.limit().isEmpty();
        boolean shared = named
                ? !error.limit().contains("peruser")
                : error.reason().equals(DAILY) && !error.mentions("user") && !isOfMailbox(error);
        return kind == Kind.THROTTLED && shared ? Reach.PROJECT : Reach.ACCOUNT;
    }

    private static boolean isDaily(ErrorAnswer error) {
        return error.reason().equals(DAILY) || error.limit().contains("perday") || isOfMailbox(error);
    }

    /** Limits on sending and on bandwidth come as 429 with nothing but the message to tell them. */
    private static boolean isOfMailbox(ErrorAnswer error) {
        return error.mentions("mail sending") || error.mentions("bandwidth");
    }

    private static String remedy(Kind kind, ErrorAnswer error) {
        return switch (kind) {
            case FORBIDDEN -> permission(error.reason());
            case THROTTLED -> isDaily(error) ? "; the daily limit is used up" : "; the account has to wait";
            case CONCURRENCY -> "; lower maxInFlight in GuardSettings, or let other clients of this mailbox finish";
            case AUTH -> "; the access token is not good";
            case NETWORK -> "; the answer was cut before its reason";
            default -> "";
        };
    }

    private static String permission(String reason) {
        return switch (reason) {
            case "insufficientPermissions" -> "; the token lacks a scope: log in again and ask for it";
            case "domainPolicy" -> "; the domain's administrators have to allow the application";
            case "accessNotConfigured" -> "; enable the Gmail API in the Google Cloud project";
            default -> "; check the granted scopes, the domain's policy and that the Gmail API is enabled";
        };
    }
}
