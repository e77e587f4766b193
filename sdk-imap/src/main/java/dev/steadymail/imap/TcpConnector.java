package dev.steadymail.imap;

import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reaches the server: tries each of its addresses, asked for once, within one limit for all. */
final class TcpConnector {
    private final ImapAccount account;
    private final HostResolver resolver;

    TcpConnector(ImapAccount account, HostResolver resolver) {
        this.account = account;
        this.resolver = resolver;
    }

    /**
     * Connects.
     *
     * @param opened hears of each socket before it connects, so that it can be broken from outside
     */
    Socket connect(Consumer<Socket> opened) {
        List<InetAddress> addresses = addresses();
        long end = System.nanoTime() + account.settings().connectTimeout().toNanos();
        IOException last = null;
        for (int i = 0; i < addresses.size(); i++) {
            long share = (end - System.nanoTime()) / (addresses.size() - i);
            try {
                return connect(addresses.get(i), Duration.ofNanos(Math.max(1_000_000, share)), opened);
            } catch (IOException unreachable) {
                last = unreachable;
            }
        }
        throw unreachable(last);
    }

    private List<InetAddress> addresses() {
        try {
            return resolver.resolve(account.host());
        } catch (UnknownHostException unknown) {
            throw MailException.of(
                    Kind.NETWORK,
                    "the host " + account.host() + " is not known; check its name and the network",
                    unknown);
        }
    }

    private Socket connect(InetAddress address, Duration limit, Consumer<Socket> opened) throws IOException {
        requireLoopbackWithoutTls(address);
        Socket socket = socket();
        opened.accept(socket);
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, account.port()), (int) limit.toMillis());
            requireLoopbackWithoutTls(socket.getInetAddress());
            return socket;
        } catch (IOException | MailException failure) {
            socket.close();
            throw failure;
        }
    }

    /** A SOCKS proxy of the system's reaches other networks than the resolver judged. */
    private Socket socket() {
        return resolver.allowsProxies() ? new Socket() : new Socket(Proxy.NO_PROXY);
    }

    private void requireLoopbackWithoutTls(InetAddress address) {
        if (account.security() == Security.NONE_LOOPBACK_ONLY && !address.isLoopbackAddress()) {
            throw MailException.of(
                    Kind.INVALID,
                    "without TLS only a server on this machine is used, and " + account.host()
                            + " is not a loopback address; use TLS or STARTTLS");
        }
    }

    private MailException unreachable(@Nullable IOException last) {
        String place = account.host() + " port " + account.port();
        if (last instanceof SocketTimeoutException) {
            return MailException.of(
                    Kind.TIMEOUT,
                    place + " did not answer within "
                            + account.settings().connectTimeout().toMillis() + " ms; check host, port and firewall",
                    last);
        }
        return MailException.builder(Kind.NETWORK, place + " cannot be reached; check host, port and network")
                .cause(last)
                .build();
    }
}
