package dev.steadymail.server;

import java.time.Clock;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The parts of the service, found by package. */
@SpringBootApplication
public class ServerApplication {
    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
