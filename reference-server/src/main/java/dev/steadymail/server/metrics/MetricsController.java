package dev.steadymail.server.metrics;

import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What Prometheus reads, at the path that it is used to with Spring Boot; nothing else of Boot's actuator is here. It tells nothing of
 * an account, but how much mail comes and goes, and so needs the token.
 */
@RestController
class MetricsController {
    /** Prometheus's text format; a server that offers one format may answer with it whatever was asked for. */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsController(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @GetMapping("/actuator/prometheus")
    @Access(Scope.OPERATE)
    @Operation(summary = "Metrics of all clients, in Prometheus's text format")
    ResponseEntity<byte[]> metrics() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, TEXT)
                .body(registry.scrape(TEXT).getBytes(StandardCharsets.UTF_8));
    }
}
