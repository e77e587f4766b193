package dev.steadymail.server.mail;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of reading mail. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ReadingSettings.class, BodyCacheSettings.class})
class MailBeans {}
