package dev.steadymail.server.health;

import dev.steadymail.server.health.HealthChecks.Health;
import dev.steadymail.server.tenants.Open;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What load balancers and operators ask; open to all, so it tells no details. */
@RestController
class HealthController {
    private final HealthChecks checks;

    HealthController(HealthChecks checks) {
        this.checks = checks;
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
        Health health = checks.health();
        HttpStatus status = health == Health.UNHEALTHY ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK;
        return ResponseEntity.status(status).body(new Status(health.text()));
    }

    private static ResponseEntity<Status> down() {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new Status("down"));
    }

    record Status(String status) {}
}
