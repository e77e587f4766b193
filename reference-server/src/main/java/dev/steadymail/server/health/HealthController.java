package dev.steadymail.server.health;

import dev.steadymail.server.health.HealthChecks.Health;
import dev.steadymail.server.tenants.Open;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What load balancers and operators ask: open to all it tells no details, and those to who has the key. */
@RestController
class HealthController {
    private final HealthChecks checks;
    private final HealthKeys keys;

    HealthController(HealthChecks checks, HealthKeys keys) {
        this.checks = checks;
        this.keys = keys;
    }

    @GetMapping("/health/live")
    @Open("load balancers have no token; it tells nothing of anybody")
    @Operation(
            summary = "Whether the process answers at all",
            security = {})
    Status live() {
        return new Status("up");
    }

    @GetMapping("/health/ready")
    @Open("load balancers have no token; it tells nothing of anybody")
    @Operation(
            summary = "Whether requests should be sent here: the database is migrated and answers",
            security = {})
    ResponseEntity<Status> ready() {
        return checks.isReady() ? ResponseEntity.ok(new Status("up")) : down();
    }

    @GetMapping("/health")
    @Open("load balancers have no token; it tells nothing of anybody")
    @Operation(
            summary = "How the service is doing: healthy, degraded or unhealthy",
            security = {})
    ResponseEntity<Status> health() {
        String status = checks.health().text();
        return ResponseEntity.status(statusOf(status)).body(new Status(status));
    }

    @GetMapping("/api/health")
    @Open("it has a key of its own, so that monitoring needs no token that opens more")
    @Operation(
            summary = "How each part is doing, for who sends the health key in x-health-api-key",
            security = {})
    ResponseEntity<HealthDetails> details(HttpServletRequest request, HttpServletResponse response) {
        if (!keys.areOpenTo(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "ApiKey header=\"" + HealthKeys.HEADER + "\"");
            throw new HealthKeyException();
        }
        HealthDetails details = checks.details();
        return ResponseEntity.status(statusOf(details.status()))
                .cacheControl(CacheControl.noStore())
                .body(details);
    }

    private static HttpStatus statusOf(String health) {
        return health.equals(Health.UNHEALTHY.text()) ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK;
    }

    private static ResponseEntity<Status> down() {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new Status("down"));
    }

    record Status(String status) {}
}
