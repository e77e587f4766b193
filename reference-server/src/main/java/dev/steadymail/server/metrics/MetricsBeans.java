package dev.steadymail.server.metrics;

import dev.steadymail.event.ClientEventListener;
import dev.steadymail.observability.micrometer.SteadymailMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What listens to the clients of this server. */
@Configuration(proxyBeanMethods = false)
class MetricsBeans {
    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    ClientEventListener clientMetrics(PrometheusMeterRegistry registry) {
        return SteadymailMetrics.in(registry);
    }
}
