package dev.steadymail.cli;

import dev.steadymail.accounts.StoredLogins.LoginProvider;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.cli.account.ProviderLogin;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.time.Deadline;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Logs in at a provider once, so that later commands need no secret. */
@Command(
        description = {
            "Logs in at Google or Microsoft and stores the refresh token, encrypted, for later commands.",
            "Needs an OAuth client: STEADYMAIL_CLIENT_ID, and STEADYMAIL_CLIENT_SECRET if it has one.",
            "It prints the page to open, and opens none. See docs/login.md."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class)
final class LoginCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "gmail or outlook.")
    private String provider = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The address of the mailbox.")
    private String user = "";

    @Option(names = "--device", description = "Log in by a code that is entered on any device.")
    private boolean device;

    @Option(names = "--tenant", paramLabel = "T", description = "Microsoft only: the organisation's id or domain.")
    private @Nullable String tenant;

    @Option(names = "--deadline", paramLabel = "D", description = "Give up after this time; 10m if not given.")
    private String deadline = "10m";

    @Option(names = "--authorize-url", paramLabel = "URL", description = "Log in there instead.")
    private @Nullable String authorizeUrl;

    @Option(names = "--token-url", paramLabel = "URL", description = "Get tokens there instead.")
    private @Nullable String tokenUrl;

    @Option(names = "--device-url", paramLabel = "URL", description = "Get device codes there instead.")
    private @Nullable String deviceUrl;

    LoginCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        LoginProvider asked = provider();
        String address =
                ProviderAccounts.parse("gmail://" + user.replace("?", "%3F")).user();
        OAuthServer server = server(asked);
        Deadline until = environment.time().deadline(Numbers.duration("--deadline", deadline));
        ProviderLogin login = new ProviderLogin(asked, address, server, environment.time(), environment.secrets(null));
        if (device) {
            login.byDevice(until, this::tell, environment.stop()::onStop);
        } else {
            login.byBrowser(until, this::tell, environment.stop()::onStop);
        }
        tell("Logged in. Try: steadymail mailboxes "
                + (asked == LoginProvider.GMAIL ? "gmail://USER" : "imaps://USER@outlook.office365.com"));
        return ExitCode.DONE.number();
    }

    private LoginProvider provider() {
        return switch (provider.toLowerCase(Locale.ROOT)) {
            case "gmail" -> LoginProvider.GMAIL;
            case "outlook" -> LoginProvider.OUTLOOK;
            default -> throw CommandException.usage("PROVIDER must be gmail or outlook");
        };
    }

    private OAuthServer server(LoginProvider asked) {
        if (tenant != null && asked != LoginProvider.OUTLOOK) {
            throw CommandException.usage("--tenant is for outlook only");
        }
        OAuthServer server = asked == LoginProvider.GMAIL ? OAuthServer.google() : microsoft();
        server = authorizeUrl == null ? server : placed("--authorize-url", authorizeUrl, server::authorizationUrl);
        server = tokenUrl == null ? server : placed("--token-url", tokenUrl, server::tokenUrl);
        return deviceUrl == null ? server : placed("--device-url", deviceUrl, server::deviceUrl);
    }

    private OAuthServer microsoft() {
        try {
            return tenant == null ? OAuthServer.microsoft() : OAuthServer.microsoft(tenant);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("--tenant must be an id or a domain name");
        }
    }

    private static OAuthServer placed(String option, String text, Function<URI, OAuthServer> setting) {
        try {
            return setting.apply(URI.create(text));
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage(
                    option + " must be an https URL; http is taken towards 127.0.0.1, ::1 or localhost");
        }
    }

    private void tell(String line) {
        environment.err().println(line);
        environment.err().flush();
    }
}
