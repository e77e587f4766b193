package dev.steadymail.server.discovery;

import dev.steadymail.MailRuntime;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.server.accounts.PortPolicy;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this server finds servers: with the rules that connections to accounts have. */
@Configuration(proxyBeanMethods = false)
class DiscoveryBeans {
    /** The runtime's resolver asks the network policy, and waits no longer than ten seconds. */
    @Bean
    Discovery discovery(MailRuntime runtime, PortPolicy ports) {
        HostResolver hosts = runtime.resolver();
        KnownProviders providers = KnownProviders.read();
        HttpsFetch fetch =
                new HttpsFetch(hosts, SocketFactory.getDefault(), (SSLSocketFactory) SSLSocketFactory.getDefault());
        return new Discovery(
                providers, new NameServers(new SystemDns(), providers), new Autoconfig(fetch), hosts, ports);
    }
}
