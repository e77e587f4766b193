package dev.steadymail.oauth;

import dev.steadymail.provider.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Lets connections go only where a resolver says, and unencrypted ones to loopback addresses only. Thread-safe. */
final class ResolvedHosts implements Dns, Interceptor {
    private final HostResolver resolver;
    private final boolean onlyLoopback;

    ResolvedHosts(HostResolver resolver, boolean onlyLoopback) {
        this.resolver = resolver;
        this.onlyLoopback = onlyLoopback;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = resolver.resolve(host).stream()
                .filter(address -> !onlyLoopback || address.isLoopbackAddress())
                .toList();
        if (addresses.isEmpty()) {
            throw new UnknownHostException("the host has no address that may be connected to");
        }
        return addresses;
    }

    /** OkHttp asks no {@link Dns} about hosts that it takes for addresses, {@code 2130706433} included; so it is asked here. */
    @Override
    public Response intercept(Chain chain) throws IOException {
        String host = chain.request().url().host();
        boolean isAddress = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
        if (isAddress && !lookup(host).contains(InetAddress.getByName(host))) {
            throw new UnknownHostException("the host has no address that may be connected to");
        }
        return chain.proceed(chain.request());
    }
}
