package dev.steadymail.server.vault;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What secrets are kept under, {@code steadymail.accounts.encryption-key}.
 *
 * @param encryptionKey see {@link EncryptionKeys#parse}
 */
@ConfigurationProperties("steadymail.accounts")
record VaultSettings(String encryptionKey) {
    @Override
    public String toString() {
        return "VaultSettings[hidden]";
    }
}
