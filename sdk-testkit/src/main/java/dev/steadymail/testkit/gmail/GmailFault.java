package dev.steadymail.testkit.gmail;

import dev.steadymail.testkit.gmail.FaultEffect.Part;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault as data: which calls it meets and what happens to them. Hand it to {@link FakeGmail#inject}. {@link GmailFaults}
 * has Google's own errors by name. Immutable.
 *
 * <p>A fault meets the next call of any kind until it is limited, and then it is over, unless {@link #times} or {@link
 * #always} say otherwise. Parts of a batch are calls of their own. For one call, delays and shuffles add up until the first
 * fault of another kind, which is the last applied.
 */
public final class GmailFault {
    private static final String PAGE = "text/html; charset=UTF-8";

    private final Scope scope;
    private final int times;
    private final int skip;
    private final FaultEffect effect;

    /** Which calls: null and 0 stand for any. */
    private record Scope(
            Pattern path, @Nullable String method, @Nullable String call, int part) {
        private static final Scope ANY = new Scope(Pattern.compile(""), null, null, 0);
    }

    private GmailFault(Scope scope, int times, int skip, FaultEffect effect) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, was " + times);
        }
        if (skip < 0) {
            throw new IllegalArgumentException("skip must not be negative, was " + skip);
        }
        this.scope = scope;
        this.times = times;
        this.skip = skip;
        this.effect = effect;
    }

    private static GmailFault of(FaultEffect effect) {
        return new GmailFault(Scope.ANY, 1, 0, effect);
    }

    /** Answers this status in Google's error shape, without executing the call; {@code code} from 200 to 599. */
    public static GmailFault status(int code, String reason, String message) {
        return of(new FaultEffect.Status(code, reason, message, Map.of(), null, PAGE, null));
    }

    /** Answers this status with a literal body, for example the HTML page of a gateway. */
    public static GmailFault status(int code, String contentType, String body, Map<String, String> headers) {
        return of(new FaultEffect.Status(code, "", "", headers, body, contentType, null));
    }

    /** Delays a call, at most a minute, cut short when the server closes. */
    public static GmailFault delay(Duration duration) {
        return of(new FaultEffect.Delay(duration));
    }

    /** Ends the connection before the call is executed. In a batch, the part answers 503. */
    public static GmailFault resetBefore() {
        return of(new FaultEffect.ResetBefore());
    }

    /** Ends the connection after the call was executed. In a batch, the part answers 503. */
    public static GmailFault resetAfter() {
        return of(new FaultEffect.ResetAfter());
    }

    /** Executes the call and ends the connection after {@code bytes} bytes of the body as sent (packed if packed). */
    public static GmailFault truncate(int bytes) {
        return of(new Part(bytes, Part.After.RESET));
    }

    /** Executes the call and answers only the first {@code bytes} bytes of the body, as if they were all. */
    public static GmailFault cutBody(int bytes) {
        return of(new Part(bytes, Part.After.END));
    }

    /** Executes the call, sends {@code bytes} bytes of the body, and then nothing for a minute or until the end. */
    public static GmailFault stall(int bytes) {
        return of(new Part(bytes, Part.After.STALL));
    }

    /**
     * Ends the connection after {@code bytes} bytes of the request's body arrived. A piece of a resumable upload is kept up
     * to there, in whole blocks of 256 KiB; any other call is not executed.
     */
    public static GmailFault cutUpload(int bytes) {
        return of(new FaultEffect.CutRequest(bytes));
    }

    /** Answers 200 with packed JSON that unpacks to {@code bytes} bytes, 1 to 2^30, accepted or not. */
    public static GmailFault gzipBomb(int bytes) {
        return of(new FaultEffect.GzipBomb(bytes));
    }

    /** Executes a part of a batch and leaves it out of the answer. Outside of a batch, ends the connection. */
    public static GmailFault missingPart() {
        return of(new FaultEffect.NoAnswer()).inPart(0);
    }

    /** Lets a batch answer its parts in an order that follows from the seed. */
    public static GmailFault shuffledParts(long seed) {
        return of(new FaultEffect.Shuffle(seed)).onCall("batch");
    }

    /** Returns this fault limited to paths (without query) in which {@code regex} is found. */
    public GmailFault onPath(String regex) {
        return with(new Scope(Pattern.compile(regex), scope.method, scope.call, scope.part));
    }

    /** Returns this fault limited to one HTTP method. */
    public GmailFault onMethod(String only) {
        return with(new Scope(scope.path, only.toUpperCase(Locale.ROOT), scope.call, scope.part));
    }

    /**
     * Returns this fault limited to calls of one name: as quota tables have it, for example {@code messages.get}; {@code
     * batch} for a batch as a whole; {@code token} for the exchange of tokens.
     */
    public GmailFault onCall(String name) {
        return with(new Scope(scope.path, scope.method, name, scope.part));
    }

    /** Returns this fault limited to one part of any batch, counted from 1; 0 for any part and what is in no batch. */
    public GmailFault inPart(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("number must not be negative, was " + number);
        }
        return with(new Scope(scope.path, scope.method, scope.call, number));
    }

    /** Returns this fault for that many calls, at least 1. */
    public GmailFault times(int count) {
        return new GmailFault(scope, count, skip, effect);
    }

    /** Returns this fault for every matching call from the first one not skipped. */
    public GmailFault always() {
        return times(Integer.MAX_VALUE);
    }

    /** Returns this fault after letting {@code count} matching calls pass. */
    public GmailFault skip(int count) {
        return new GmailFault(scope, times, count, effect);
    }

    /** Returns this fault with a {@code Retry-After} header in whole seconds; for status faults only. */
    public GmailFault retryAfter(Duration wait) {
        return header("Retry-After", Long.toString(wait.toSeconds()));
    }

    /** Returns this fault with one more reply header; for status faults only. */
    public GmailFault header(String name, String value) {
        FaultEffect.Status status = status("a reply header");
        Map<String, String> headers = new LinkedHashMap<>(status.headers());
        headers.put(name, value);
        return with(new FaultEffect.Status(
                status.code(),
                status.reason(),
                status.message(),
                headers,
                status.body(),
                status.contentType(),
                status.shape()));
    }

    /**
     * Returns this fault after the call has taken effect, as where a service accepts and fails before it can say so; for status
     * faults, whose headers and shape are set before.
     */
    public GmailFault afterEffect() {
        return with(new FaultEffect.Otherwise(status("an effect")));
    }

    /** Returns this fault with another shape of its error than the server's; for status faults in Google's shape only. */
    public GmailFault shape(GmailErrorShape shape) {
        FaultEffect.Status status = status("a shape");
        if (status.body() != null) {
            throw new IllegalStateException("a shape needs an error of Google's, this one has a body of its own");
        }
        return with(new FaultEffect.Status(
                status.code(), status.reason(), status.message(), status.headers(), null, PAGE, shape));
    }

    private FaultEffect.Status status(String what) {
        if (effect instanceof FaultEffect.Status status) {
            return status;
        }
        throw new IllegalStateException(
                what + " needs a status fault, this one is " + effect.getClass().getSimpleName());
    }

    private GmailFault with(Scope changed) {
        return new GmailFault(changed, times, skip, effect);
    }

    private GmailFault with(FaultEffect changed) {
        return new GmailFault(scope, times, skip, changed);
    }

    int times() {
        return times;
    }

    int skipped() {
        return skip;
    }

    FaultEffect effect() {
        return effect;
    }

    boolean matches(ApiRequest request, String call, int part) {
        return (scope.method == null || scope.method.equals(request.method()))
                && (scope.call == null || scope.call.equals(call))
                && (scope.part == 0 || scope.part == part)
                && scope.path.matcher(request.path()).find();
    }
}
