package dev.steadymail.server.accounts;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Accounts;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.Login;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.ImapServer;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.server.web.FaultTrace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether an account lets in who asks to connect it: one connection to see whether a server is there, and then one login, within 15
 * seconds. What is told of a server that was not reached is always the same; why, only the log says. Thread-safe.
 */
final class LoginCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LoginCheck.class);
    static final Duration LONGEST = Duration.ofSeconds(15);
    private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));

    /** Where one of these is met before a login, nobody can tell a mail server from something else. */
    private static final Set<Kind> NOT_REACHED =
            EnumSet.of(Kind.NETWORK, Kind.TIMEOUT, Kind.DEADLINE, Kind.PROTOCOL, Kind.CIRCUIT_OPEN);

    private final NetworkPolicy networks;
    private final SocketFactory sockets;
    private final Duration connectTimeout;
    private final Duration loginTimeout;

    /**
     * Takes the rules and who makes connections.
     *
     * @param connectTimeout for all addresses of a host together
     * @param loginTimeout for everything behind that; {@link #LONGEST} but in tests
     */
    LoginCheck(NetworkPolicy networks, SocketFactory sockets, Duration connectTimeout, Duration loginTimeout) {
        this.networks = networks;
        this.sockets = sockets;
        this.connectTimeout = connectTimeout;
        this.loginTimeout = loginTimeout;
    }

    /** Returns how long every answer takes that no server was reached. */
    Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * Logs in once.
     *
     * @throws UnreachableHostException where no mail server was met
     * @throws RefusedLoginException where one was, and the login did not succeed
     */
    void require(AccountUrl url, Login login) {
        requireAllowed(url);
        if (url instanceof ImapUrl imap) {
            requireListener(imap.host(), imap.port());
        }
        try (MailRuntime runtime = MailRuntime.builder()
                .resolver(networks)
                .retryPolicy(ONCE)
                .callTimeout(loginTimeout)
                .maxWorkers(2)
                .build()) {
            logIn(runtime, url, login);
        }
    }

    private void requireAllowed(AccountUrl url) {
        try {
            networks.require(url);
        } catch (UnreachableHostException forbidden) {
            LOG.info("an account was not connected: one of {} does not exist or is not allowed", url.hosts());
            throw forbidden;
        }
    }

    private void logIn(MailRuntime runtime, AccountUrl url, Login login) {
        Accounts accounts = new Accounts(runtime.time(), runtime.resolver());
        Call call = new Call(runtime.time().deadline(loginTimeout), Lane.INTERACTIVE);
        try (MailClient client = runtime.open(accounts.open(url, login))) {
            if (url instanceof ImapUrl) {
                var unused = client.unwrap(ImapServer.class).orElseThrow().capabilities(call);
            } else {
                var unused = client.with(call).mailboxes().list();
            }
        } catch (IllegalArgumentException wrongKind) {
            throw new UnusableAccountException(String.valueOf(wrongKind.getMessage()));
        } catch (MailException failure) {
            throw judged(url, failure);
        }
    }

    private static RuntimeException judged(AccountUrl url, MailException failure) {
        if (!NOT_REACHED.contains(failure.kind())) {
            return RefusedLoginException.of(failure);
        }
        LOG.info("an account was not connected: {} met {}", url.hosts(), FaultTrace.of(failure));
        return new UnreachableHostException();
    }

    /** Whether something listens there; the addresses share the time. */
    private void requireListener(String host, int port) {
        List<InetAddress> addresses = addresses(host);
        int share = (int) connectTimeout.dividedBy(addresses.size()).toMillis();
        for (InetAddress address : addresses) {
            try (Socket socket = sockets.createSocket()) {
                socket.connect(new InetSocketAddress(address, port), Math.max(1, share));
                return;
            } catch (IOException unreachable) {
                LOG.info("an account was not connected: {} port {} {}", host, port, unreachable.getClass());
            }
        }
        throw new UnreachableHostException();
    }

    private List<InetAddress> addresses(String host) {
        try {
            HostResolver checked = networks;
            return checked.resolve(host);
        } catch (IOException forbidden) {
            throw new UnreachableHostException();
        }
    }
}
