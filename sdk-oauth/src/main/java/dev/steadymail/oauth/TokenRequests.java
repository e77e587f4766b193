package dev.steadymail.oauth;

import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Posts forms to an authorization server on the caller's thread. Follows no redirect, keeps no connection, and connects only where
 * the resolver says. Immutable and thread-safe.
 */
final class TokenRequests {
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    private static final RetryPolicy RETRIES = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(4));
    private static final String RETRY_AFTER = "Retry-After";

    private final TimeSource time;
    private final HostResolver resolver;
    private final OkHttpClient client;

    TokenRequests(TimeSource time, HostResolver resolver) {
        this.time = time;
        this.resolver = resolver;
        HiddenRetryAfter retryAfter = new HiddenRetryAfter();
        this.client = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(ATTEMPT)
                .writeTimeout(ATTEMPT)
                .protocols(List.of(Protocol.HTTP_1_1))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addInterceptor(retryAfter)
                .addNetworkInterceptor(retryAfter)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }

    /**
     * Returns the first answer that tells success; what fails on the way is tried up to three more times, with full jitter and no
     * sooner than the server says.
     *
     * @param what is asked for, for messages
     */
    Answer post(String what, URI url, FormBody form, Deadline deadline) {
        for (int attempt = 1; ; attempt++) {
            try {
                Answer answer = postOnce(what, url, form, deadline);
                if (answer.isSuccess()) {
                    return answer;
                }
                throw Refusals.of(what, answer, time.now());
            } catch (MailException failure) {
                Duration delay = delay(attempt, failure);
                if (!failure.isRetryable() || attempt >= RETRIES.maxAttempts() || !deadline.allows(delay)) {
                    throw failure.toBuilder().attempts(attempt).build();
                }
                Pause.of(delay, time, deadline);
            }
        }
    }

    /** Returns the answer to one attempt, whatever it tells. */
    Answer postOnce(String what, URI url, FormBody form, Deadline deadline) {
        Duration limit = deadline.atMost(ATTEMPT);
        if (limit.isZero()) {
            throw MailException.of(Kind.DEADLINE, what + " did not end before the call's deadline");
        }
        Request request = new Request.Builder()
                .url(url.toString())
                .header("Accept", "application/json")
                .post(form)
                .build();
        Call call = towards(url).newCall(request);
        call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            byte[] content = response.body().byteStream().readNBytes(Answer.MOST_OCTETS + 1);
            return Answer.of(response.code(), content, response.header(RETRY_AFTER));
        } catch (IOException failure) {
            throw broken(what, failure);
        }
    }

    private OkHttpClient towards(URI url) {
        boolean plain = SafeUrl.isPlain(url);
        ResolvedHosts hosts = new ResolvedHosts(resolver, plain);
        OkHttpClient.Builder builder = client.newBuilder().dns(hosts).addInterceptor(hosts);
        if (plain || !resolver.allowsProxies()) {
            builder.proxy(Proxy.NO_PROXY).socketFactory(new DirectSockets());
        }
        return builder.build();
    }

    /** The larger of what the server asks for and our own. */
    private Duration delay(int attempt, MailException failure) {
        Duration own = RETRIES.backoff(attempt, time.random());
        Duration asked =
                failure.retryAt().map(at -> Duration.between(time.now(), at)).orElse(Duration.ZERO);
        return own.compareTo(asked) > 0 ? own : asked;
    }

    /** The error's own text may hold addresses and stays in the cause. */
    private static MailException broken(String what, IOException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return MailException.of(Kind.CANCELLED, what + " ended: the calling thread was interrupted", failure);
        }
        if (isUntrusted(failure)) {
            return MailException.builder(Kind.NETWORK, what + " failed: the server's certificate was refused")
                    .permanent()
                    .cause(failure)
                    .build();
        }
        return failure instanceof InterruptedIOException
                ? MailException.of(
                        Kind.TIMEOUT, what + " failed: the authorization server was silent for too long", failure)
                : MailException.of(
                        Kind.NETWORK,
                        what + " failed: the connection to the authorization server could not be made or broke",
                        failure);
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
}
