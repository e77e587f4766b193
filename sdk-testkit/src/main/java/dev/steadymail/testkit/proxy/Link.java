package dev.steadymail.testkit.proxy;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection: the client's socket, the target's, and a pipe each way. Guarded by the loop's lock. */
final class Link {

    /** How long a cut connection waits for its peers to close, since closing earlier would make a reset of it. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int number;
    private final Wiring wiring;
    private final Leg client;
    private final Leg server;
    private final Pipe toServer;
    private final Pipe toClient;
    private final Consumer<Link> closed;
    private boolean connected;
    private boolean over;
    private Timers.@Nullable Timer linger;

    /** @param closed told once, when both sockets are closed */
    Link(int number, Wiring wiring, Leg client, Leg server, Consumer<Link> closed) {
        this.number = number;
        this.wiring = wiring;
        this.client = client;
        this.server = server;
        this.closed = closed;
        toServer = new Pipe(this, wiring, Direction.TO_SERVER, client, server);
        toClient = new Pipe(this, wiring, Direction.TO_CLIENT, server, client);
        client.attach(this);
        server.attach(this);
    }

    /** Plants a fault if it concerns this connection. */
    void plant(ProxyFault fault) {
        if (fault instanceof ProxyFault.OnStream planted
                && planted.connections().includes(number)) {
            Pipe pipe = planted.place().direction() == Direction.TO_SERVER ? toServer : toClient;
            pipe.plant(planted);
            if (connected && !over) {
                pipe.start();
            }
        }
    }

    void clearFaults() {
        toServer.clearFaults();
        toClient.clearFaults();
        start();
    }

    /** Does what a socket has become ready for; one event may have closed the connection before the next. */
    void ready(SelectionKey key) {
        boolean fromClient = client.isAt(key);
        if (key.isValid() && key.isConnectable()) {
            connect(server::finishConnect);
        }
        if (key.isValid() && key.isReadable()) {
            (fromClient ? toServer : toClient).read();
        }
        if (key.isValid() && key.isWritable()) {
            (fromClient ? toClient : toServer).pump();
        }
    }

    /** Starts to connect to the target; nothing is read before it has accepted. */
    void connect(SocketAddress target) {
        connect(() -> server.connect(target));
    }

    private void connect(Step step) {
        try {
            connected = step.completes();
        } catch (IOException refused) {
            wiring.tally().unreachable();
            reset();
            return;
        }
        start();
    }

    private void start() {
        for (Pipe pipe : List.of(toServer, toClient)) {
            if (connected && !over) {
                pipe.start();
            }
        }
    }

    Pipe opposite(Pipe pipe) {
        return pipe == toServer ? toClient : toServer;
    }

    /** Closes if both directions have come to their end. */
    void settle() {
        if (toServer.isDone() && toClient.isDone()) {
            close();
        }
    }

    /** Sends FIN both ways, drops what is on its way, and closes when both peers have ended too. */
    void cut() {
        if (!connected) {
            close();
        } else if (linger == null && !over) {
            toServer.drop();
            toClient.drop();
            server.finish();
            client.finish();
            linger = wiring.timers().at(System.nanoTime() + LINGER_NANOS, this::close);
            toServer.pump();
            toClient.pump();
        }
    }

    void reset() {
        if (!over) {
            client.reset();
            server.reset();
            end();
        }
    }

    void close() {
        if (!over) {
            client.close();
            server.close();
            end();
        }
    }

    private void end() {
        over = true;
        toServer.drop();
        toClient.drop();
        if (linger != null) {
            wiring.timers().cancel(linger);
        }
        closed.accept(this);
    }

    /** A step of connecting, which may complete it. */
    private interface Step {
        boolean completes() throws IOException;
    }
}
