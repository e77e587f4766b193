package dev.steadymail.imap;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;
import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;

/** Makes connections: reaches the server, protects the connection, reads the greeting, logs in. Thread-safe. */
final class ImapConnector {
    private final ImapAccount account;
    private final Traffic traffic;
    private final ResponseClassifier classifier;
    private final TcpConnector tcp;
    private final TlsLayer tls;

    ImapConnector(ImapAccount account, ProviderContext context, ResponseClassifier classifier) {
        this.account = account;
        this.traffic = context.traffic();
        this.classifier = classifier;
        this.tcp = new TcpConnector(account, context.resolver());
        this.tls = new TlsLayer(account);
    }

    /**
     * Connects and logs in.
     *
     * @param opened hears of each socket before it is used, so that it can be broken from outside
     */
    ImapConnection connect(Deadline deadline, Consumer<Socket> opened) {
        Socket socket = tcp.connect(opened);
        boolean connected = false;
        try {
            ImapConnection connection = login(greeted(socket), deadline);
            connected = true;
            return connection;
        } catch (IOException failure) {
            throw classifier.broken("the greeting and login of " + account.host(), failure);
        } catch (ConnectionException farewell) {
            throw classifier.bye(String.valueOf(farewell.getResponse()));
        } catch (ProtocolException | IndexOutOfBoundsException unreadable) {
            // Its message quotes what the server said, which may be what it was told.
            throw MailException.of(
                    Kind.PROTOCOL, account.host() + " does not answer as an IMAP server; check host and port");
        } finally {
            if (!connected) {
                close(socket);
            }
        }
    }

    private ImapSocket greeted(Socket socket) throws IOException {
        Socket channel = account.security() == Security.IMPLICIT_TLS ? tls.wrap(socket) : socket;
        ImapSocket plain =
                new ImapSocket(socket, channel, traffic, account.settings().maxLiteralBytes());
        return new Greeting(account, tls, classifier).receive(plain);
    }

    private ImapConnection login(ImapSocket socket, Deadline deadline) throws IOException, ProtocolException {
        socket.readTimeout(account.settings().loginTimeout());
        ImapWire wire = wire(socket);
        new LoginSequence(account.credentials(), classifier).run(wire, deadline);
        socket.readTimeout(account.settings().readTimeout());
        return new ImapConnection(socket, wire, classifier, account.settings().readTimeout());
    }

    private ImapWire wire(ImapSocket socket) throws IOException, ProtocolException {
        try {
            return new ImapWire(socket, account.port());
        } catch (ConnectionException farewell) {
            throw classifier.byeBeforeLogin(String.valueOf(farewell.getResponse()));
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
