package dev.steadymail.gmail.http;

import dev.steadymail.auth.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connections go through, whatever the system's settings say: {@code account.via(HttpProxy.http("proxy.example.com",
 * 3128))}. It is told the server's name; TLS is with the server, so that it reads nothing. Immutable and thread-safe;
 * {@code toString} shows nothing of it.
 */
public final class HttpProxy {
    private static final String AUTHORIZATION = "Proxy-Authorization";

    private final Proxy.Type type;
    private final String host;
    private final int port;
    private final Authenticator login;

    private HttpProxy(Proxy.Type type, String host, int port, Authenticator login) {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("the proxy's host must be a name or address without white space");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy's port must be between 1 and 65535, was " + port);
        }
        this.type = type;
        this.host = host;
        this.port = port;
        this.login = login;
    }

    /**
     * Returns a proxy that speaks HTTP CONNECT (RFC 9110 section 9.3.6), without TLS to the proxy itself.
     *
     * @throws IllegalArgumentException where the host holds white space or the port is not 1 to 65,535
     */
    public static HttpProxy http(String host, int port) {
        return new HttpProxy(Proxy.Type.HTTP, host, port, Authenticator.NONE);
    }

    /**
     * Returns a proxy that speaks SOCKS 5 (RFC 1928), without a login.
     *
     * @throws IllegalArgumentException where the host holds white space or the port is not 1 to 65,535
     */
    public static HttpProxy socks5(String host, int port) {
        return new HttpProxy(Proxy.Type.SOCKS, host, port, Authenticator.NONE);
    }

    /**
     * Sets what to log in to an HTTP proxy with (RFC 7617). It goes to the proxy without encryption.
     *
     * @throws IllegalArgumentException where the user holds a colon, or one of them control characters
     * @throws IllegalStateException for a SOCKS proxy
     */
    public HttpProxy login(String user, Secret password) {
        if (type != Proxy.Type.HTTP) {
            throw new IllegalStateException(
                    "a login is for HTTP proxies; give this address to the SOCKS proxy's rules");
        }
        String both = user + password.reveal();
        if (user.indexOf(':') >= 0 || both.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the user must have no colon, and neither of them control characters");
        }
        return new HttpProxy(type, host, port, new Login(user, password));
    }

    /** Returns it as the JDK has it; its name is looked up when it is used. */
    Proxy asProxy() {
        return new Proxy(type, InetSocketAddress.createUnresolved(host, port));
    }

    Authenticator authenticator() {
        return login;
    }

    /** Equal ones share connections. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpProxy proxy
                && type == proxy.type
                && host.equals(proxy.host)
                && port == proxy.port
                && login.equals(proxy.login);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, host, port);
    }

    @Override
    public String toString() {
        return "HttpProxy[hidden]";
    }

    private record Login(String user, Secret password) implements Authenticator {
        /** Answers nobody but the proxy: OkHttp also asks here where the server itself wants a proxy's login. */
        @Override
        public @Nullable Request authenticate(@Nullable Route route, Response response) {
            Request asked = response.request();
            if (!asked.method().equals("CONNECT") || asked.header(AUTHORIZATION) != null) {
                return null;
            }
            String basic = Credentials.basic(user, password.reveal(), StandardCharsets.UTF_8);
            return asked.newBuilder().header(AUTHORIZATION, basic).build();
        }

        @Override
        public String toString() {
            return "Login[hidden]";
        }
    }
}
