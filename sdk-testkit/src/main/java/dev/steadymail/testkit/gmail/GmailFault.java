package dev.steadymail.testkit.gmail;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault as data: which calls it meets and what happens to them. Hand it to {@link FakeGmail#inject}. Parts of a batch
 * are calls of their own. For one call, delays add up until the first fault of another kind, which is the last applied.
 *
 * @param path found anywhere in the call's path (without query)
 * @param method the HTTP method, or null for any
 * @param times how many calls it meets, {@link Integer#MAX_VALUE} for all
 * @param skip how many matching calls pass unharmed first
 * @param effect what happens
 */
public record GmailFault(Pattern path, @Nullable String method, int times, int skip, Effect effect) {

    /** What a fault does to a call. */
    public sealed interface Effect permits Status, Delay, ResetBefore, ResetAfter, Truncate {}

    /**
     * The call is not executed and this is answered. Without a {@code body}, Google's JSON error shape is used.
     *
     * @param body the literal body, for example the HTML page of a gateway; null for Google's shape
     */
    public record Status(
            int code,
            String reason,
            String message,
            Map<String, String> headers,
            @Nullable String body,
            String contentType)
            implements Effect {
        /** Checks the code and copies the headers. */
        public Status {
            if (code < 200 || code > 599) {
                throw new IllegalArgumentException("code must be between 200 and 599, was " + code);
            }
            headers = Map.copyOf(headers);
        }
    }

    /** The call waits this long before it goes on; at most a minute, cut short when the server closes. */
    public record Delay(Duration duration) implements Effect {
        private static final Duration LONGEST = Duration.ofMinutes(1);

        /** Checks the bounds. */
        public Delay {
            if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("duration must be between 0 and 60 seconds, was " + duration);
            }
        }
    }

    /** The connection ends without an answer, and nothing was changed. In a batch, the part answers 503. */
    public record ResetBefore() implements Effect {}

    /** The call takes effect, then the connection ends without an answer. In a batch, the part answers 503. */
    public record ResetAfter() implements Effect {}

    /** The call takes effect and the connection ends after this many bytes of the body as sent (packed if packed). */
    public record Truncate(int bytes) implements Effect {
        /** Checks the bound. */
        public Truncate {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
            }
        }
    }

    /** Checks the counts. */
    public GmailFault {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, was " + times);
        }
        if (skip < 0) {
            throw new IllegalArgumentException("skip must not be negative, was " + skip);
        }
    }

    /** Returns a fault with this effect for the first call of any kind. */
    public static GmailFault of(Effect effect) {
        return new GmailFault(Pattern.compile(""), null, 1, 0, effect);
    }

    /** Returns a fault that answers this status in Google's error shape. */
    public static GmailFault status(int code, String reason, String message) {
        return of(new Status(code, reason, message, Map.of(), null, "text/html; charset=UTF-8"));
    }

    /** Returns a fault that answers this status with a literal body. */
    public static GmailFault status(int code, String contentType, String body, Map<String, String> headers) {
        return of(new Status(code, "", "", headers, body, contentType));
    }

    /** Returns a fault that delays a call. */
    public static GmailFault delay(Duration duration) {
        return of(new Delay(duration));
    }

    /** Returns a fault that ends the connection before the call is executed. */
    public static GmailFault resetBefore() {
        return of(new ResetBefore());
    }

    /** Returns a fault that ends the connection after the call was executed. */
    public static GmailFault resetAfter() {
        return of(new ResetAfter());
    }

    /** Returns a fault that cuts the reply's body after {@code bytes} bytes. */
    public static GmailFault truncate(int bytes) {
        return of(new Truncate(bytes));
    }

    /** Returns this fault limited to paths in which {@code regex} is found. */
    public GmailFault onPath(String regex) {
        return new GmailFault(Pattern.compile(regex), method, times, skip, effect);
    }

    /** Returns this fault limited to one HTTP method. */
    public GmailFault onMethod(String only) {
        return new GmailFault(path, only.toUpperCase(Locale.ROOT), times, skip, effect);
    }

    /** Returns this fault for that many calls. */
    public GmailFault times(int count) {
        return new GmailFault(path, method, count, skip, effect);
    }

    /** Returns this fault for every matching call from the first one not skipped. */
    public GmailFault always() {
        return times(Integer.MAX_VALUE);
    }

    /** Returns this fault after letting {@code count} matching calls pass. */
    public GmailFault skip(int count) {
        return new GmailFault(path, method, times, count, effect);
    }

    /** Returns this fault with a {@code Retry-After} header in whole seconds; for status faults only. */
    public GmailFault retryAfter(Duration wait) {
        return header("Retry-After", Long.toString(wait.toSeconds()));
    }

    /** Returns this fault with one more reply header; for status faults only. */
    public GmailFault header(String name, String value) {
        if (!(effect instanceof Status status)) {
            throw new IllegalStateException("a reply header needs a status fault, this one is "
                    + effect.getClass().getSimpleName());
        }
        Map<String, String> headers = new LinkedHashMap<>(status.headers());
        headers.put(name, value);
        Effect changed = new Status(
                status.code(), status.reason(), status.message(), headers, status.body(), status.contentType());
        return new GmailFault(path, method, times, skip, changed);
    }

    boolean matches(ApiRequest request) {
        return (method == null || method.equals(request.method()))
                && path.matcher(request.path()).find();
    }
}
