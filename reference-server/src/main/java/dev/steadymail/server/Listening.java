package dev.steadymail.server;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of both commands: where the server listens and where it keeps its data. */
final class Listening {
    private static final int STANDARD_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "TCP port, 0 for any free one (default: PORT of the environment, or 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address of this machine to listen on (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets the default
    private String host;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for the token, secrets and data (default: ~/.steadymail).")
    private @Nullable Path data;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /** Takes the port of the environment where no option names one. */
    void standardPort(OptionalInt environment) {
        if (port == null && environment.isPresent()) {
            port = environment.getAsInt();
        }
    }

    int port() {
        return port == null ? STANDARD_PORT : port;
    }

    String host() {
        return host;
    }

    Path data() {
        return data == null ? DataFolder.standard() : data;
    }

    /** Returns where a client on this machine finds the server that listens on this port. */
    String url(int actualPort) {
        String name = host;
        if (host.equals("0.0.0.0") || host.equals("::")) {
            name = "127.0.0.1";
        } else if (host.indexOf(':') >= 0) {
            name = "[" + host + "]";
        }
        return "http://" + name + ":" + actualPort;
    }

    /** Throws if the server could not listen there now: starting the rest takes long, and would be for nothing. */
    void check() {
        if (port() < 0 || port() > MAX_PORT) {
            throw StartException.usage("--port must be between 0 and 65535, was " + port());
        }
        InetAddress address = address();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the server will: connections of an earlier one may linger
            socket.bind(new InetSocketAddress(address, port()));
        } catch (IOException e) {
            throw StartException.usage("cannot listen on port " + port() + " of --host: " + e.getMessage()
                    + "; choose another port with --port, 0 for any free one");
        }
    }

    private InetAddress address() {
        try {
            return InetAddress.getAllByName(host)[0];
        } catch (UnknownHostException e) {
            throw StartException.usage("--host is no address of this machine; 127.0.0.1 is the usual one");
        }
    }
}
