package dev.steadymail.server.idempotency;

import dev.steadymail.server.tenants.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;

/**
 * Decides before a request with a key reaches its route: it is done, or answered with what was answered before, or refused. Comes after
 * the caller's rights were checked, so that a kept answer goes only to who might still ask. Thread-safe.
 */
@Component
class IdempotencyCheck implements HandlerInterceptor, WebMvcConfigurer {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final int ORDER = 10;
    private static final int MOST_CHARACTERS = 255;
    private static final String RETRY_AFTER_SECONDS = "2";

    /** A key that is neither free nor known was freed in between; that does not happen for ever. */
    private static final int TRIES = 5;

    private final KeyRows rows;

    IdempotencyCheck(KeyRows rows) {
        this.rows = rows;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).order(ORDER);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        DigestedRequest digested = WebUtils.getNativeRequest(request, DigestedRequest.class);
        Idempotent route =
                handler instanceof HandlerMethod method ? method.getMethodAnnotation(Idempotent.class) : null;
        UUID person = person();
        if (digested == null || route == null || person == null) {
            return true;
        }
        Run run = new Run(
                UUID.randomUUID(), person, key(request), request.getMethod(), path(request), route.repeatable());
        Known known = claim(run);
        if (known == null) {
            request.setAttribute(IdempotencyFilter.RUN, run);
            return true;
        }
        repeat(known, run, digested, response);
        return false;
    }

    /** Returns null where the run has the key, else what is known of it. */
    private @Nullable Known claim(Run run) {
        for (int i = 0; i < TRIES; i++) {
            if (rows.claim(run)) {
                return null;
            }
            Optional<Known> known = rows.find(run.person(), run.key());
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw IdempotencyKeyException.running();
    }

    private static void repeat(Known known, Run run, DigestedRequest request, HttpServletResponse response)
            throws IOException {
        if (!known.isOfRoute(run)) {
            throw IdempotencyKeyException.ofAnotherRequest();
        }
        KeptAnswer answer = known.answer();
        if (answer == null) {
            if (known.isLongAgo()) {
                throw IdempotencyKeyException.unknownOutcome();
            }
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            throw IdempotencyKeyException.running();
        }
        if (!known.hasBody(request.bodyHash())) {
            throw IdempotencyKeyException.ofAnotherRequest();
        }
        byte[] body = answer.body();
        if (body == null) {
            throw IdempotencyKeyException.notKept();
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader(REPLAYED, "true");
        response.getOutputStream().write(body);
    }

    private static String key(HttpServletRequest request) {
        String key = request.getHeader(KEY);
        boolean good =
                !key.isEmpty() && key.length() <= MOST_CHARACTERS && key.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!good) {
            throw IdempotencyKeyException.wrong(MOST_CHARACTERS);
        }
        return key;
    }

    private static String path(HttpServletRequest request) {
        return request.getQueryString() == null
                ? request.getRequestURI()
                : request.getRequestURI() + "?" + request.getQueryString();
    }

    private static @Nullable UUID person() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? caller.person()
                : null;
    }
}
