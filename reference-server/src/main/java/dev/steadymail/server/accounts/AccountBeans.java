package dev.steadymail.server.accounts;

import dev.steadymail.MailRuntime;
import dev.steadymail.accounts.Accounts;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.server.folder.StartException;
import dev.steadymail.server.vault.SealedColumn;
import javax.net.SocketFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this server reaches accounts: everything that connects asks the network policy first. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccountSettings.class, CacheMemory.class})
class AccountBeans {
    @Bean
    NetworkPolicy networkPolicy(AccountSettings settings) {
        try {
            return new NetworkPolicy(settings.allowedNetworks(), HostResolver.SYSTEM);
        } catch (IllegalArgumentException e) {
            throw StartException.usage(e.getMessage() + "; correct it, or unset it to allow none");
        }
    }

    @Bean
    PortPolicy portPolicy(AccountSettings settings, NetworkPolicy networks) {
        try {
            return new PortPolicy(settings.allowedPorts(), networks);
        } catch (IllegalArgumentException e) {
            throw StartException.usage(e.getMessage() + "; correct it, or unset it to allow none");
        }
    }

    @Bean
    LoginCheck loginCheck(AccountSettings settings, NetworkPolicy networks) {
        return new LoginCheck(networks, SocketFactory.getDefault(), settings.connectTimeout(), LoginCheck.LONGEST);
    }

    @Bean
    MailRuntime mailRuntime(NetworkPolicy networks, ClientEventListener listener) {
        return MailRuntime.builder().resolver(networks).listener(listener).build();
    }

    @Bean
    Accounts accounts(MailRuntime runtime, NetworkPolicy networks) {
        return new Accounts(runtime.time(), networks);
    }

    @Bean
    SealedColumn accountLogin() {
        return new SealedColumn("account", "id", "login");
    }
}
