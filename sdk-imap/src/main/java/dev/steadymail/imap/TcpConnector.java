package dev.steadymail.imap;

import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reaches the server: tries each of its addresses within one limit for all. */
final class TcpConnector {
    private final ImapAccount account;

    TcpConnector(ImapAccount account) {
        this.account = account;
    }

    /**
     * Connects.
     *
     * @param opened hears of each socket before it connects, so that it can be broken from outside
     */
    Socket connect(Consumer<Socket> opened) {
        InetAddress[] addresses = addresses();
        long end = System.nanoTime() + account.settings().connectTimeout().toNanos();
        IOException last = null;
        for (int i = 0; i < addresses.length; i++) {
            long share = (end - System.nanoTime()) / (addresses.length - i);
            try {
                return connect(addresses[i], Duration.ofNanos(Math.max(1_000_000, share)), opened);
            } catch (IOException unreachable) {
                last = unreachable;
            }
        }
        throw unreachable(last);
    }

    private InetAddress[] addresses() {
        try {
            return InetAddress.getAllByName(account.host());
        } catch (UnknownHostException unknown) {
            throw MailException.of(
                    Kind.NETWORK,
                    "the host " + account.host() + " is not known; check its name and the network",
                    unknown);
        }
    }

    private Socket connect(InetAddress address, Duration limit, Consumer<Socket> opened) throws IOException {
        requireLoopbackWithoutTls(address);
        Socket socket = new Socket();
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
