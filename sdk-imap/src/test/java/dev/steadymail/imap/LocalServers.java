package dev.steadymail.imap;

import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Accounts on servers of this machine. */
final class LocalServers {
    static final String PASSWORD = "secret";

    private LocalServers() {}

    static ImapAccount plain(int port, String user, String password) {
        return ImapAccount.at("127.0.0.1", Credentials.password(user, password))
                .security(Security.NONE_LOOPBACK_ONLY)
                .port(port);
    }

    /** Returns a port where nothing listens. */
    static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
