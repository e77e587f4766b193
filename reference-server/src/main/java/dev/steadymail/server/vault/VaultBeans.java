package dev.steadymail.server.vault;

import com.github.benmanes.caffeine.cache.Ticker;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The keys of the vault. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultBeans {
    @Bean
    EncryptionKeys encryptionKeys(VaultSettings settings) {
        return EncryptionKeys.parse(settings.encryptionKey());
    }

    @Bean
    DataKeys dataKeys(DataKeyRows rows, EncryptionKeys keys, TransactionOperations transactions) {
        return new DataKeys(rows, keys, transactions, Ticker.systemTicker());
    }
}
