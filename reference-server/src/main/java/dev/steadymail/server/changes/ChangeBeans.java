package dev.steadymail.server.changes;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Settings of changes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChangeSettings.class)
class ChangeBeans {}
