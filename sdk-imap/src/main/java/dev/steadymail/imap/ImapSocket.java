package dev.steadymail.imap;

import dev.steadymail.guard.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * A connection that is made, protected and greeted already, in the shape in which Angus wants it: as a socket that is still to be
 * connected. It counts commands and octets above TLS and holds the peer to the bounds.
 */
final class ImapSocket extends Socket {
    /** The longest greeting taken, in octets. */
    static final int LONGEST_GREETING = 8 * 1024;

    private final Socket tcp;
    private final Socket channel;
    private final Traffic traffic;
    private final ReplayedInput input;
    private final OutputStream output;

    /**
     * Wraps a connected socket.
     *
     * @param tcp the connection itself
     * @param channel what to talk through: {@code tcp}, or TLS on top of it
     */
    ImapSocket(Socket tcp, Socket channel, Traffic traffic, long maxLiteral) throws IOException {
        this.tcp = tcp;
        this.channel = channel;
        this.traffic = traffic;
        this.input = new ReplayedInput(new BoundedResponses(channel.getInputStream(), traffic, maxLiteral));
        this.output = new CommandMeter(channel.getOutputStream(), traffic);
    }

    /** Returns this connection with TLS on top; counting goes on, and nothing that was read before is kept. */
    ImapSocket over(Socket tls, long maxLiteral) throws IOException {
        return new ImapSocket(tcp, tls, traffic, maxLiteral);
    }

    Socket tcp() {
        return tcp;
    }

    /** Puts octets back in front of what is to be read. */
    void unread(byte[] octets) {
        input.unread(octets);
    }

    /** Returns a factory that hands out this socket, whatever it is asked for. */
    SocketFactory asFactory() {
        return new SingleSocketFactory();
    }

    void readTimeout(Duration timeout) throws IOException {
        channel.setSoTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis())));
    }

    /** Lets every read from now on end when {@code limit} is over, however slowly octets come. */
    void endAfter(Duration limit) {
        input.endAfter(limit, this::readTimeout);
    }

    /** Returns whether octets were put back that are still unread. */
    boolean hasReplay() {
        return input.hasReplay();
    }

    /** Returns whether the peer hung up while nobody listened. Waits at most a millisecond. */
    boolean hasEnded(Duration timeoutAfterwards) {
        try {
            channel.setSoTimeout(1);
            int octet = input.read();
            if (octet >= 0) {
                input.unread(new byte[] {(byte) octet});
            }
            readTimeout(timeoutAfterwards);
            return octet < 0;
        } catch (SocketTimeoutException silent) {
            return !restored(timeoutAfterwards);
        } catch (IOException broken) {
            return true;
        }
    }

    private boolean restored(Duration timeout) {
        try {
            readTimeout(timeout);
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    @Override
    public void connect(SocketAddress address) {
        // Connected already; the address that Angus looked up does not matter.
    }

    @Override
    public void connect(SocketAddress address, int timeoutMillis) {
        // See above.
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public InetAddress getInetAddress() {
        return tcp.getInetAddress();
    }

    /** Closes the connection below TLS: a close notification could block on a peer that does not read. */
    @Override
    public synchronized void close() throws IOException {
        tcp.close();
    }

    private final class SingleSocketFactory extends SocketFactory {
        @Override
        public Socket createSocket() {
            return ImapSocket.this;
        }

        @Override
        public Socket createSocket(String host, int port) {
            return ImapSocket.this;
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            return ImapSocket.this;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return ImapSocket.this;
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            return ImapSocket.this;
        }
    }
}
