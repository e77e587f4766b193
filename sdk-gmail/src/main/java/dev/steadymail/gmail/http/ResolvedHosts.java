package dev.steadymail.gmail.http;

import dev.steadymail.provider.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Lets connections go only where a resolver says, and unencrypted ones to loopback addresses only. Equal ones share connections. Thread-safe. */
record ResolvedHosts(HostResolver resolver, boolean onlyLoopback) implements Dns, Interceptor {
    /** A changed hosts file cannot lead {@code localhost} elsewhere, since what it names is looked at as well. */
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

    /** OkHttp parses a host that looks like an address and asks no {@link Dns} about it; so the resolver is asked here. */
    @Override
    public Response intercept(Chain chain) throws IOException {
        String host = chain.request().url().host();
        if (looksLikeAddress(host) && !lookup(host).contains(InetAddress.getByName(host))) {
            throw new UnknownHostException("the host has no address that may be connected to");
        }
        return chain.proceed(chain.request());
    }

    /** More is parsed as an address than is written like one: {@code 2130706433} and {@code 127.1} are 127.0.0.1. */
    private static boolean looksLikeAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }
}
