package dev.steadymail.server.sync;

import dev.steadymail.server.folder.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Settings of the background work. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SyncSettings.class)
class SyncBeans {
    /** Kept in the data folder, which only one server at a time can hold. */
    @Bean
    NodeName nodeName(DataFolder folder) {
        return new NodeName(folder.node());
    }
}
