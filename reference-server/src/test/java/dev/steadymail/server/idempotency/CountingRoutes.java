package dev.steadymail.server.idempotency;

import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.BodyUpTo;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Routes that count how often they are done. */
@RestController
@ConditionalOnProperty(CountingRoutes.WANTED)
class CountingRoutes {
    static final String WANTED = "test.counting-routes";

    final AtomicInteger done = new AtomicInteger();
    final Semaphore mayEnd = new Semaphore(0);
    volatile CountDownLatch began = new CountDownLatch(1);
    volatile int status = 201;

    @PostMapping("/api/v1/test/once")
    @Access(Scope.MAIL_WRITE)
    @Idempotent
    ResponseEntity<Map<String, Integer>> once(@RequestBody Map<String, Object> body) {
        return answer(body);
    }

    @PostMapping("/api/v1/test/repeatable")
    @Access(Scope.MAIL_WRITE)
    @Idempotent(repeatable = true)
    ResponseEntity<Map<String, Integer>> repeatable(@RequestBody Map<String, Object> body) {
        return answer(body);
    }

    @PostMapping("/api/v1/test/long")
    @Access(Scope.MAIL_WRITE)
    @Idempotent
    String longAnswer() {
        int unused = done.incrementAndGet();
        return "x".repeat((64 << 10) + 1);
    }

    @PostMapping("/api/v1/test/upload")
    @Access(Scope.MAIL_WRITE)
    @Idempotent
    @BodyUpTo(1 << 20)
    Map<String, Long> upload(HttpServletRequest request) throws IOException {
        int unused = done.incrementAndGet();
        return Map.of("bytes", request.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }

    @PostMapping("/api/v1/test/parsed")
    @Access(Scope.MAIL_WRITE)
    @BodyUpTo(1 << 20)
    int parsed(@RequestBody Map<String, Object> body) {
        return body.size();
    }

    @PostMapping("/api/v1/test/small")
    @Access(Scope.MAIL_WRITE)
    @BodyUpTo(10)
    int small(@RequestBody Map<String, Object> body) {
        return body.size();
    }

    private ResponseEntity<Map<String, Integer>> answer(Map<String, Object> body) {
        int count = done.incrementAndGet();
        began.countDown();
        if (body.containsKey("wait")) {
            mayEnd.acquireUninterruptibly();
        }
        if (status >= 400) {
            return ResponseEntity.status(status).body(Map.of("count", count));
        }
        return ResponseEntity.created(URI.create("/api/v1/test/" + count))
                .eTag("\"" + count + "\"")
                .body(Map.of("count", count));
    }
}
