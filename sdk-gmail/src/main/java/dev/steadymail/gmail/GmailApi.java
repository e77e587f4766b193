package dev.steadymail.gmail;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.gmail.Gmail;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.gmail.http.Departure;
import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.gmail.http.HttpPool;
import dev.steadymail.gmail.upload.NotLeavingException;
import dev.steadymail.guard.Attempt;
import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Request;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ProviderContext;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends API calls: each with a token, priced, through the guard, and with every failure classified. A refused token is replaced
 * once, outside the attempt; where there is no better one, Google is left alone for a while, see {@link RefusedToken}. Thread-safe.
 */
final class GmailApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GmailApi.class);

    private final ProviderContext context;
    private final TokenSource tokens;
    private final RequestPrices prices;
    private final HttpConnections connections;
    private final GmailSessions sessions;
    private final GmailErrors errors;
    private final RefusedToken refused;

    /** Does no I/O. */
    GmailApi(GmailAccount account, ProviderContext context) {
        GmailSettings settings = account.settings();
        this.context = context;
        this.tokens = account.tokens();
        this.prices = new RequestPrices(context.guard().settings(), settings);
        this.connections = HttpConnections.shared(
                context.shared().get(HttpPool.class, HttpPool::new),
                account.route(context.resolver()),
                settings.timeouts(),
                context.traffic()::countBytes);
        this.sessions =
                new GmailSessions(connections, account.rootUrl(), settings.maxResponseBytes(), context.telemetry());
        this.errors = new GmailErrors(context.time().clock());
        this.refused = new RefusedToken(context.time()::nanoTime);
    }

    /** Sends a call and returns its parsed answer. */
    <T> T send(ApiCall<T> api, Call call) {
        return send(api, call, (request, response) -> JsonAnswer.parse(api, request, response));
    }

    /** Sends a call whose answer has no content. */
    void run(ApiCall<Void> api, Call call) {
        var unused = send(api, call, (request, response) -> Boolean.TRUE);
    }

    private <R> R send(ApiCall<?> api, Call call, ResponseReader<R> reader) {
        return authorized(
                call,
                token -> guarded(prices.request(api), call, cancellation -> attempt(api, token, cancellation, reader)));
    }

    /**
     * Returns how many calls of a method should go out together now: no more than the quotas have room for, since a batch waits for
     * room for all its parts, and what is left meanwhile would never be used.
     */
    int batchParts(String method) {
        int most = context.guard().batchParts();
        int cost = context.guard().settings().quota().cost(method);
        if (cost == 0) {
            return most;
        }
        long room = context.guard().ledger().balances().stream()
                .filter(balance -> balance.limit().enforced())
                .mapToLong(balance -> balance.left() - balance.kept())
                .min()
                .orElse(Long.MAX_VALUE);
        return room < cost ? most : (int) Math.min(most, room / cost);
    }

    /**
     * Sends several reads as one request. What fails for itself does not keep the others from being answered; what may be answered
     * later is asked for again, alone.
     *
     * @return one outcome for each call, in their order
     * @throws MailException where the batch as a whole was refused and no call was answered
     */
    <T> List<Outcome<T>> sendAll(List<ApiCall<T>> calls, Call call) {
        Batch<T> batch = new Batch<>(calls);
        Request request = prices.batch(calls);
        try {
            var unused = authorized(
                    call, token -> guarded(request, call, cancellation -> attempt(batch, token, cancellation)));
        } catch (MailException failure) {
            if (batch.open().size() == calls.size()) {
                throw failure;
            }
            return batch.outcomes(failure);
        }
        return batch.outcomes();
    }

    /** Sends a call whose answer is more than its content. */
    <R> R exchange(ApiCall<?> api, Call call, ResponseReader<R> reader) {
        return send(api, call, reader);
    }

    /** Returns Google's own client, signed in. Its calls are counted; they are neither paced nor repeated. */
    Gmail gmail() {
        return sessions.lasting(
                tokens, context.time(), started -> context.traffic().countRequests(1));
    }

    @Override
    public void close() {
        connections.close();
    }

    private <R> R authorized(Call call, Function<AccessToken, R> sent) {
        AccessToken token = sendable(tokens.token(call.deadline()));
        refused.requireOther(token);
        try {
            return taken(token, sent);
        } catch (MailException failure) {
            if (failure.kind() != Kind.AUTH) {
                throw failure;
            }
        }
        AccessToken other = another(token, call);
        refused.requireOther(other);
        return lastTry(other, sent);
    }

    private <R> R taken(AccessToken token, Function<AccessToken, R> sent) {
        R answer = sent.apply(token);
        refused.forget(token);
        return answer;
    }

    private AccessToken another(AccessToken token, Call call) {
        try {
            return sendable(tokens.tokenAfterRefusal(token, call.deadline()));
        } catch (MailException none) {
            if (none.kind() == Kind.REAUTH_REQUIRED) {
                refused.note(token, none);
            }
            throw none;
        }
    }

    private <R> R lastTry(AccessToken token, Function<AccessToken, R> sent) {
        try {
            return taken(token, sent);
        } catch (MailException failure) {
            if (failure.kind() != Kind.AUTH) {
                throw failure;
            }
            MailException end = MailException.builder(
                            Kind.REAUTH_REQUIRED,
                            "Google refused a fresh access token too; the account's owner must consent again")
                    .cause(failure)
                    .providerCode(failure.providerCode().orElse(null))
                    .build();
            refused.note(token, end);
            throw end;
        }
    }

    private <R> R guarded(Request request, Call call, Attempt<R> attempt) {
        return context.guard().call(request, call.lane(), call.deadline(), attempt);
    }

    private <R> R attempt(ApiCall<?> api, AccessToken token, Cancellation cancellation, ResponseReader<R> reader) {
        Departure departure = new Departure();
        RequestLog log = log(api.name());
        Gmail gmail = sessions.attempt(token, started -> {
            started.addEventListener(departure);
            follow(log, started);
            begun(started, 1, cancellation);
        });
        try {
            AbstractGoogleJsonClientRequest<?> request = api.request().on(gmail);
            HttpResponse response = request.buildHttpRequest().execute();
            try {
                if (!reader.takes(response)) {
                    throw errors.refused(api.name(), api.repeatable(), response);
                }
                return reader.read(request, response);
            } finally {
                end(response);
            }
        } catch (NotLeavingException forbidden) {
            throw forbidden.reason();
        } catch (IOException failure) {
            throw errors.broken(api.name(), !api.repeatable() && departure.mayBeProcessed(failure), failure);
        } finally {
            end(log);
            cancellation.clear();
        }
    }

    /** Charged are the parts that go out, and not those that an earlier attempt has answered. */
    private <T> Boolean attempt(Batch<T> batch, AccessToken token, Cancellation cancellation) {
        List<ApiCall<T>> open = batch.open();
        cancellation.correctUnits(prices.units(open));
        RequestLog log = log(Batch.NAME);
        Gmail gmail = sessions.attempt(token, started -> {
            follow(log, started);
            begun(started, 1 + open.size(), cancellation);
        });
        try {
            HttpResponse response = batch.request(gmail).execute();
            try {
                if (!response.isSuccessStatusCode()) {
                    throw refusedWhole(response);
                }
                batch.read(response, errors, log);
            } finally {
                end(response);
            }
        } catch (IOException failure) {
            throw errors.broken(Batch.NAME, false, failure);
        } finally {
            end(log);
            cancellation.clear();
        }
        context.guard().batchEnded(batch.wasTooMuch());
        batch.requireAnswered();
        return true;
    }

    private @Nullable RequestLog log(String name) {
        return RequestLog.begin(context.telemetry().protocolLog(), context.time(), name);
    }

    private static void follow(@Nullable RequestLog log, okhttp3.Call started) {
        if (log != null) {
            log.follow(started);
        }
    }

    private static void end(@Nullable RequestLog log) {
        if (log != null) {
            log.end();
        }
    }

    /** What goes wrong behind an answer does not change it. */
    private static void end(HttpResponse response) {
        try {
            response.disconnect();
        } catch (IOException afterwards) {
            LOG.debug(
                    "an answer's connection did not end well: {}",
                    afterwards.getClass().getName());
        }
    }

    /** What is too much as a whole has as many parts too many as one of which a part is. */
    private MailException refusedWhole(HttpResponse response) {
        MailException failure = errors.refused(Batch.NAME, true, response);
        if (Batch.isTooMuch(failure)) {
            context.guard().batchEnded(true);
        }
        return failure;
    }

    private void begun(okhttp3.Call started, int requests, Cancellation cancellation) {
        context.traffic().countRequests(requests);
        cancellation.onCancel(started::cancel);
    }

    /** Reads an answer. */
    @FunctionalInterface
    interface ResponseReader<R> {
        /** Returns whether it is one to read; others are refusals. */
        default boolean takes(HttpResponse response) {
            return response.isSuccessStatusCode();
        }

        R read(AbstractGoogleJsonClientRequest<?> request, HttpResponse response) throws IOException;
    }

    /** A header field carries visible ASCII only (RFC 6750 section 2.1); anything else would fail deep inside the transport. */
    private static AccessToken sendable(AccessToken token) {
        if (!token.value().reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw MailException.of(
                    Kind.REAUTH_REQUIRED,
                    "the access token holds characters that HTTP cannot carry; check how it was read");
        }
        return token;
    }
}
