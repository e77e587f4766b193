package dev.steadymail.server;

import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.demo.DemoMailbox;
import dev.steadymail.server.embedded.EmbeddedServices;
import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.health.StartLines;
import dev.steadymail.server.settings.ServeSettings;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts a server part by part, each handed to its {@link ServerEnd} as soon as it is there. */
final class ServerStart {
    private static final int FIRST_JAVA_WITH_GOOD_VIRTUAL_THREADS = 24;
    private static final String LOOPBACK = "127.0.0.0/8";
    private static final DemoContents NONE = (folder, server) -> {};

    private final Console console;
    private final Map<String, String> environment;
    private final ServerEnd end;

    ServerStart(Console console, Map<String, String> environment, ServerEnd end) {
        this.console = console;
        this.environment = environment;
        this.end = end;
    }

    /** Starts a server with its own services and a mailbox, whose host is on this machine. */
    int demo(Listening listening) {
        Map<String, Object> loopback = Map.of("steadymail.accounts.allowed-networks", LOOPBACK);
        return start(listening, ServeSettings.embedded(environment), this::services, loopback, this::mailbox);
    }

    /** Starts a server with its own services. */
    int embedded(Listening listening) {
        return start(listening, ServeSettings.embedded(environment), this::services, Map.of(), NONE);
    }

    /** Starts a server on the services that the environment names. */
    int external(Listening listening) {
        ServeSettings settings = ServeSettings.external(environment);
        return start(listening, settings, unused -> reached(settings), Map.of(), NONE);
    }

    private int start(
            Listening listening,
            ServeSettings settings,
            Function<DataFolder, Map<String, Object>> services,
            Map<String, Object> more,
            DemoContents contents) {
        boolean complete = false;
        end.starting();
        try {
            listening.standardPort(settings.port());
            listening.check();
            DataFolder folder = end.keep(ServerEnd.Part.FOLDER, DataFolder.open(listening.data()));
            Map<String, Object> properties = properties(listening, settings);
            properties.putAll(services.apply(folder));
            properties.putAll(more);
            ConfigurableApplicationContext server =
                    end.keep(ServerEnd.Part.SERVER, server(folder, properties, settings.logging()));
            settings.lines().forEach(console::line);
            server.getBean(StartLines.class).lines().forEach(console::line);
            contents.begin(folder, server);
            announce(listening, folder, server);
            complete = true;
            return 0;
        } finally {
            end.started(complete);
        }
    }

    private Map<String, Object> services(DataFolder folder) {
        Map<String, Object> properties = Backing.secrets(folder);
        console.line("starting PostgreSQL and Redis in " + folder + "; the first time takes a little longer");
        EmbeddedServices services = end.keep(ServerEnd.Part.SERVICES, EmbeddedServices.start(folder));
        properties.putAll(Backing.services(services));
        return properties;
    }

    private void mailbox(DataFolder folder, ApplicationContext server) {
        console.line("filling the demo's mailbox");
        DemoMailbox mailbox =
                end.keep(ServerEnd.Part.MAILBOX, DemoMailbox.start(folder.resolve("demo"), InstantSource.system()));
        new DemoAccount(server.getBean(ConnectedAccounts.class)).connect(mailbox);
    }

    private static Map<String, Object> reached(ServeSettings settings) {
        settings.check();
        return Map.of();
    }

    private static Map<String, Object> properties(Listening listening, ServeSettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (listening.port() > 0) {
            properties.put("steadymail.public-url", listening.url(listening.port()));
        }
        properties.putAll(settings.properties());
        properties.put("server.address", listening.host());
        properties.put("server.port", listening.port());
        // Before 24 a synchronized block holds on to its carrier thread.
        boolean virtual = Runtime.version().feature() >= FIRST_JAVA_WITH_GOOD_VIRTUAL_THREADS;
        properties.put("spring.threads.virtual.enabled", virtual);
        return properties;
    }

    private ConfigurableApplicationContext server(
            DataFolder folder, Map<String, Object> properties, Map<String, Object> logging) {
        console.line("starting the server");
        return new SpringApplicationBuilder(ServerApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(logging)
                .initializers(context -> {
                    // First: no variable of the environment changes what was decided here.
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("command line", properties));
                    context.getBeanFactory().registerSingleton("dataFolder", folder);
                })
                .run();
    }

    private void announce(Listening listening, DataFolder folder, ConfigurableApplicationContext server) {
        int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        folder.token();
        console.line("ready at " + listening.url(port) + ", token in " + folder.tokenFile() + "; Ctrl-C ends it");
        console.ready(listening.url(port), folder.tokenFile());
    }
}
