package dev.steadymail.cli.doctor;

import dev.steadymail.cli.doctor.Endpoint.Protection;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.provider.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has to be right before a server can be spoken to, over a connection of our own that carries no login. Not thread-safe. */
final class NetworkChecks implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final HostResolver resolver;
    private final InstantSource clock;
    private final StopSignal stop;
    private List<InetAddress> addresses = List.of();
    private @Nullable Socket socket;

    NetworkChecks(Endpoint endpoint, HostResolver resolver, InstantSource clock, StopSignal stop) {
        this.endpoint = endpoint;
        this.resolver = resolver;
        this.clock = clock;
        this.stop = stop;
    }

    String host() {
        try {
            addresses = resolver.resolve(endpoint.host());
        } catch (UnknownHostException unknown) {
            throw CommandException.unreached(
                    "the host " + endpoint.host() + " is not known; check its name and this machine's network");
        }
        return endpoint.host() + " is "
                + addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }

    /** Tries the addresses one after the other; they share the time. */
    String connection() {
        IOException last = null;
        Duration share = CONNECT_LIMIT.dividedBy(Math.max(1, addresses.size()));
        for (InetAddress address : addresses) {
            try {
                socket = connected(address, share);
                return address.getHostAddress() + " port " + endpoint.port() + " answers";
            } catch (IOException unreachable) {
                last = unreachable;
            }
        }
        throw unreachable(last);
    }

    String tls() {
        Socket connected = socket;
        if (connected == null) {
            throw new IllegalStateException("there is no connection to protect");
        }
        if (endpoint.protection() == Protection.NONE) {
            return "none, which only a server on this machine may do";
        }
        return new TlsCheck(endpoint, clock).look(connected);
    }

    private Socket connected(InetAddress address, Duration limit) throws IOException {
        Socket fresh = new Socket();
        stop.onStop(() -> closeQuietly(fresh));
        try {
            fresh.connect(new InetSocketAddress(address, endpoint.port()), (int) limit.toMillis());
            return fresh;
        } catch (IOException failure) {
            closeQuietly(fresh);
            throw failure;
        }
    }

    private CommandException unreachable(@Nullable IOException last) {
        String how = last instanceof SocketTimeoutException ? " does not answer" : " refuses connections";
        return CommandException.unreached(endpoint.text() + how + "; check host, port and firewall");
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
