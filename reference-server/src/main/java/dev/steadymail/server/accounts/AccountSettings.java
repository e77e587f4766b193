package dev.steadymail.server.accounts;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where accounts may be, {@code steadymail.accounts.*}.
 *
 * @param allowedNetworks networks beside the public internet that accounts may be in, as 10.0.0.0/8; none by default
 */
@ConfigurationProperties("steadymail.accounts")
record AccountSettings(@DefaultValue List<String> allowedNetworks) {
    @Override
    public String toString() {
        return "AccountSettings[hidden]";
    }
}
