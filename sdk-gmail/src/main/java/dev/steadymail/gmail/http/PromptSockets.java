package dev.steadymail.gmail.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/** Makes sockets that send small requests at once (TCP_NODELAY): Nagle's algorithm costs tens of milliseconds a call. Thread-safe. */
final class PromptSockets extends SocketFactory {
    /** As the system has it, through its SOCKS proxy where one is set. */
    static final PromptSockets USUAL = new PromptSockets(false);

    /** Passes by the system's SOCKS proxy, which a socket takes by itself. */
    static final PromptSockets DIRECT = new PromptSockets(true);

    private final boolean direct;

    private PromptSockets(boolean direct) {
        this.direct = direct;
    }

    @Override
    public Socket createSocket() throws SocketException {
        Socket socket = direct ? new Socket(Proxy.NO_PROXY) : new Socket();
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("sockets are not bound to a local address");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("sockets are not bound to a local address");
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address, (int) HttpTimeouts.DEFAULT.connect().toMillis());
        return socket;
    }
}
