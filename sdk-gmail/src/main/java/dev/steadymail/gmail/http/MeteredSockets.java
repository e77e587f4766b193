package dev.steadymail.gmail.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.LongConsumer;
import javax.net.SocketFactory;

/**
 * Makes TCP sockets that send small requests at once (TCP_NODELAY: Nagle's algorithm costs tens of milliseconds a call) and
 * count every octet that passes, TLS records included. Thread-safe where the counter is.
 */
final class MeteredSockets extends SocketFactory {
    private final LongConsumer octets;
    private final boolean direct;

    /**
     * Makes a factory.
     *
     * @param direct whether to pass by the system's SOCKS proxy, which a socket takes by itself
     */
    MeteredSockets(LongConsumer octets, boolean direct) {
        this.octets = octets;
        this.direct = direct;
    }

    @Override
    public Socket createSocket() throws SocketException {
        Socket socket = direct ? new MeteredSocket(octets, Proxy.NO_PROXY) : new MeteredSocket(octets);
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

    private static final class MeteredSocket extends Socket {
        private final LongConsumer octets;

        MeteredSocket(LongConsumer octets) {
            this.octets = octets;
        }

        MeteredSocket(LongConsumer octets, Proxy proxy) {
            super(proxy);
            this.octets = octets;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new MeteredInput(super.getInputStream(), octets);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new MeteredOutput(super.getOutputStream(), octets);
        }
    }

    private static final class MeteredInput extends FilterInputStream {
        private final LongConsumer octets;

        MeteredInput(InputStream in, LongConsumer octets) {
            super(in);
            this.octets = octets;
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            if (octet >= 0) {
                octets.accept(1);
            }
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                octets.accept(count);
            }
            return count;
        }
    }

    private static final class MeteredOutput extends FilterOutputStream {
        private final LongConsumer octets;

        MeteredOutput(OutputStream out, LongConsumer octets) {
            super(out);
            this.octets = octets;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            octets.accept(1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            octets.accept(length);
        }
    }
}
