package dev.steadymail.server;

import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The parts of the service, found by package. */
@SpringBootApplication
public class ServerApplication {
    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean
    RandomGenerator chance() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
