package dev.steadymail.benchmarks.scale;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;

/**
 * An IMAP server over TLS 1.3 for very many idle connections: one thread for all of them and two for handshakes, on up to 254
 * loopback addresses from 127.0.1.1 with the same port on each. It knows one INBOX a user, and takes any user and password.
 *
 * <p>{@code --folder DIR} takes the certificate; {@code --port}, {@code --control} (default: free ports), {@code --addresses} (100),
 * {@code --messages} in each mailbox at first (3), {@code --without IDLE,...} and {@code --with NOTIFY,...} change what is offered.
 * When it serves it prints a line {@code {"port":n,"control":n,"ca":"FILE"}}. The control port answers each line with one of JSON:
 *
 * <ul>
 *   <li>{@code count}: connections that are open, logged in and in IDLE, and users ever seen
 *   <li>{@code deliver all}, {@code deliver USER}: one more message
 *   <li>{@code cut}: resets all connections
 *   <li>{@code connects}: accepted connections by second since the start, and the most in any 60 s, by address; how
 *       many were turned away in all
 *   <li>{@code refuse on}, {@code refuse off}: resets what is accepted from now on
 *   <li>{@code limit N}: connections an address; who comes on top gets {@code * BYE [LIMIT]}; 0 for none
 *   <li>{@code commands}: how often each was asked for, those answered BAD together
 *   <li>{@code quit}
 * </ul>
 */
public final class IdleServer {
    private static final Set<String> OPTIONS =
            Set.of("folder", "port", "control", "addresses", "messages", "without", "with");
    private static final String CAPABILITIES =
            "IMAP4rev1 IDLE UIDPLUS CONDSTORE ENABLE ESEARCH SASL-IR AUTH=PLAIN LITERAL+ ID "
                    + "NAMESPACE UNSELECT MOVE SPECIAL-USE LIST-EXTENDED LIST-STATUS";
    private static final int ADDRESSES = 100;
    private static final int MESSAGES = 3;

    private final EventLoop loop = new EventLoop();
    private final Admission admission = new Admission();
    private final List<Listener> listeners = new ArrayList<>();
    private final Population population;
    private final Identity identity;
    private final ControlPort control;

    IdleServer(Options options) throws IOException, GeneralSecurityException, InterruptedException {
        List<String> addresses = IntStream.rangeClosed(1, options.number("addresses", ADDRESSES))
                .mapToObj(number -> "127.0.1." + number)
                .toList();
        population = new Population(capabilities(options), options.number("messages", MESSAGES));
        identity = Identity.create(Path.of(options.text("folder", ".")), addresses);
        int port = options.number("port", 0);
        for (String address : addresses) {
            listeners.add(new Listener(loop, new InetSocketAddress(address, port), admission, this::start));
            port = listeners.get(0).port();
        }
        control = new ControlPort(options.number("control", 0), this::answer);
    }

    /** Serves until told to quit. */
    public static void main(String... arguments) throws IOException, GeneralSecurityException, InterruptedException {
        // The JDK's tickets carry the server's certificate, here a long one, and a resumed session parses it again:
        // kept in memory instead.
        System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
        IdleServer server = new IdleServer(options(arguments));
        System.out.println(server.ready());
        server.run();
    }

    static Options options(String... arguments) {
        return new Options(OPTIONS, arguments);
    }

    /** What {@code main} prints: the ports and the certificate to trust. */
    String ready() {
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("port", port());
        ready.put("control", control.port());
        ready.put("ca", identity.authority());
        return Json.of(ready);
    }

    int port() {
        return listeners.get(0).port();
    }

    int controlPort() {
        return control.port();
    }

    Path authority() {
        return identity.authority();
    }

    void run() throws IOException {
        loop.run();
        control.close();
        for (Listener listener : listeners) {
            listener.close();
        }
        int unused = population.cut();
    }

    private static Set<String> capabilities(Options options) {
        Set<String> offered = new LinkedHashSet<>(Arrays.asList(CAPABILITIES.split(" ", -1)));
        offered.addAll(words(options.text("with", "")));
        offered.removeAll(words(options.text("without", "")));
        return offered;
    }

    private static List<String> words(String list) {
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(",", -1));
    }

    private void start(SocketChannel channel, Listener from, boolean welcome) throws IOException {
        SSLEngine engine = identity.server().createSSLEngine();
        engine.setUseClientMode(false);
        ImapSession unused = new ImapSession(population, from, welcome, loop, channel, engine);
    }

    private String answer(String line) {
        String[] words = line.strip().split(" ", 2);
        try {
            return loop.call(() -> Json.of(obey(words[0], words.length == 2 ? words[1] : "")));
        } catch (CompletionException failure) {
            return Json.of(Map.of("error", String.valueOf(failure.getCause())));
        }
    }

    private Map<String, ?> obey(String command, String argument) {
        switch (command) {
            case "count" -> {
                return population.count();
            }
            case "deliver" -> {
                return population.deliver(argument.equals("all") ? null : argument);
            }
            case "cut" -> {
                return Map.of("cut", population.cut());
            }
            case "connects" -> {
                return connects();
            }
            case "commands" -> {
                return population.commands();
            }
            case "refuse" -> admission.refuse(argument.equals("on"));
            case "limit" -> admission.limit(Integer.parseInt(argument));
            case "quit" -> loop.submit(loop::stop);
            default -> throw new IllegalArgumentException("unknown command: " + command);
        }
        return Map.of("ok", true);
    }

    private Map<String, ?> connects() {
        Map<String, Object> addresses = new TreeMap<>();
        Map<String, Integer> most = new TreeMap<>();
        for (Listener each : listeners) {
            if (each.times().size() > 0) {
                addresses.put(each.name(), AcceptTimes.bySecond(each.times().stream()));
                most.put(each.name(), each.times().mostInAMinute());
            }
        }
        IntStream all = listeners.stream().flatMapToInt(each -> each.times().stream());
        int turnedAway = listeners.stream().mapToInt(Listener::turnedAway).sum();
        return Map.of(
                "total",
                AcceptTimes.bySecond(all),
                "addresses",
                addresses,
                "mostInAMinute",
                most,
                "turnedAway",
                turnedAway);
    }
}
