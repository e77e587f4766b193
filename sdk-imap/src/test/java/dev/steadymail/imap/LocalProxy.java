package dev.steadymail.imap;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A proxy on 127.0.0.1 that notes what it is asked for. */
final class LocalProxy implements AutoCloseable {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final RawServer server;

    private LocalProxy(boolean socks, @Nullable String login) {
        server = RawServer.plain(peer -> {
            if (socks) {
                socks(peer.socket(), login);
            } else {
                http(peer.socket());
            }
        });
    }

    /** Returns one that speaks SOCKS 5, and wants this user and password, parted by a colon, where there are some. */
    static LocalProxy socks(@Nullable String login) {
        return new LocalProxy(true, login);
    }

    static LocalProxy http() {
        return new LocalProxy(false, null);
    }

    int port() {
        return server.port();
    }

    /** Returns the requests so far: addresses with ports, or the lines of HTTP. */
    List<String> asked() {
        return asked;
    }

    private void socks(Socket client, @Nullable String login) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.readByte();
        in.readNBytes(in.readUnsignedByte());
        out.write(new byte[] {5, (byte) (login == null ? 0 : 2)});
        if (login != null && !isLogin(in, out, login)) {
            return;
        }
        in.readNBytes(3);
        InetAddress address = InetAddress.getByAddress(in.readNBytes(in.readByte() == 1 ? 4 : 16));
        int port = in.readUnsignedShort();
        asked.add(address.getHostAddress() + ":" + port);
        try (Socket to = new Socket(address, port)) {
            out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            relay(client, to);
        } catch (IOException unreachable) {
            out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
        }
    }

    private static boolean isLogin(DataInputStream in, OutputStream out, String login) throws IOException {
        in.readByte();
        String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        String password = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        boolean right = login.equals(user + ":" + password);
        out.write(new byte[] {1, (byte) (right ? 0 : 1)});
        return right;
    }

    private void http(Socket client) throws IOException {
        String request = line(client.getInputStream());
        for (String line = request; !line.isEmpty(); line = line(client.getInputStream())) {
            asked.add(line);
        }
        String authority = request.split(" ")[1];
        int colon = authority.lastIndexOf(':');
        String host = authority.substring(0, colon);
        try (Socket to = new Socket(host, Integer.parseInt(authority.substring(colon + 1)))) {
            client.getOutputStream()
                    .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            relay(client, to);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    private static void relay(Socket client, Socket to) {
        Thread back = new Thread(() -> copy(to, client), "proxy-back");
        back.setDaemon(true);
        back.start();
        copy(client, to);
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // One of them has gone.
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
