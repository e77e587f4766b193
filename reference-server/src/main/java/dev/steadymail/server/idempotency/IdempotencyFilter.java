package dev.steadymail.server.idempotency;

import dev.steadymail.server.web.BodyLimit;
import dev.steadymail.server.web.FaultTrace;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps the answers of requests that {@link IdempotencyCheck} let through with a key, before their clients see them. Thread-safe. */
@Component
@Order(BodyLimit.ORDER + 1)
class IdempotencyFilter extends OncePerRequestFilter {
    /** The attribute of a request that holds its key's {@link Run}. */
    static final String RUN = Run.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final Set<String> METHODS = Set.of("POST", "PATCH", "DELETE");
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.LOCATION);

    /** What passes by itself: the request was not done, and can be sent again. */
    private static final Set<Integer> PASSING = Set.of(
            HttpStatus.CONFLICT.value(), HttpStatus.TOO_MANY_REQUESTS.value(), HttpStatus.SERVICE_UNAVAILABLE.value());

    private final KeyRows rows;

    IdempotencyFilter(KeyRows rows) {
        this.rows = rows;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(IdempotencyCheck.KEY) == null || !METHODS.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DigestedRequest digested = new DigestedRequest(request);
        HeldResponse held = new HeldResponse(response, () -> {
            if (request.getAttribute(RUN) != null) {
                byte[] unused = hash(digested);
            }
        });
        boolean answered = false;
        try {
            chain.doFilter(digested, held);
            answered = !held.isSentError();
        } finally {
            if (request.getAttribute(RUN) instanceof Run run) {
                end(run, digested, answered ? held : null);
            }
        }
        held.release();
    }

    /** A key that cannot be ended now is as one of a server that died. */
    private void end(Run run, DigestedRequest request, @Nullable HeldResponse response) {
        try {
            if (response == null ? run.repeatable() : isPassing(response.getStatus(), run)) {
                rows.release(run);
            } else if (response != null) {
                keep(run, request, response);
            }
        } catch (RuntimeException away) {
            LOG.warn("the answer to a request with a key could not be kept: {}", FaultTrace.of(away));
        }
    }

    private void keep(Run run, DigestedRequest request, HeldResponse response) {
        byte[] hash = hash(request);
        if (hash == null && !HttpStatus.valueOf(response.getStatus()).is2xxSuccessful()) {
            rows.release(run);
        } else {
            rows.complete(run, hash, new KeptAnswer(response.getStatus(), headers(response), response.body()));
        }
    }

    /** Returns null where the body cannot be read to its end: it is too long, or its sender is gone. */
    private static byte @Nullable [] hash(DigestedRequest request) {
        try {
            return request.bodyHash();
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    private static Map<String, String> headers(HeldResponse response) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return kept;
    }

    private static boolean isPassing(int status, Run run) {
        return PASSING.contains(status)
                || (run.repeatable() && HttpStatus.valueOf(status).is5xxServerError());
    }
}
