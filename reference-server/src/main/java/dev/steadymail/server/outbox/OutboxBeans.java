package dev.steadymail.server.outbox;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Settings of sending. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SendLimits.class)
class OutboxBeans {}
