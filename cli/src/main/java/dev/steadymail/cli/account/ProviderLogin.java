package dev.steadymail.cli.account;

import dev.steadymail.accounts.StoredLogins;
import dev.steadymail.accounts.StoredLogins.LoginProvider;
import dev.steadymail.auth.FileTokenStore;
import dev.steadymail.auth.Secret;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.oauth.DeviceLogin;
import dev.steadymail.oauth.LoopbackLogin;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthGrant;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Logs a person in at a provider and stores what that brings. The client is that of the environment. */
public final class ProviderLogin {
    private final LoginProvider provider;
    private final String user;
    private final TimeSource time;
    private final OAuthClient client;
    private final Path folder;

    /**
     * Reads the environment.
     *
     * @throws CommandException where it names no client, or no folder to store in
     */
    public ProviderLogin(
            LoginProvider provider, String user, OAuthServer server, TimeSource time, Secrets environment) {
        this.provider = provider;
        this.user = user;
        this.time = time;
        this.client = client(server, time, environment);
        this.folder = LoginFolder.of(environment)
                .orElseThrow(() -> CommandException.usage(
                        "there is no folder to store the login in; set STEADYMAIL_HOME to one of your own"));
    }

    /**
     * Waits for the browser.
     *
     * @param tell shows a line to the person
     * @param onStop hears what ends the wait
     */
    public void byBrowser(Deadline deadline, Consumer<String> tell, Consumer<Runnable> onStop) {
        StoredLogins logins = logins();
        try (LoopbackLogin login = client.loopbackLogin(user)) {
            onStop.accept(login::close);
            tell.accept("Open this page in a browser on this machine (elsewhere: use --device):");
            tell.accept(login.url().toString());
            keep(logins, login.await(deadline));
        }
    }

    /** Waits for the code to be typed in on any device. */
    public void byDevice(Deadline deadline, Consumer<String> tell, Consumer<Runnable> onStop) {
        StoredLogins logins = logins();
        Thread waiting = Thread.currentThread();
        onStop.accept(waiting::interrupt);
        DeviceLogin login = client.deviceLogin(deadline);
        tell.accept("Open " + login.verificationUrl() + " on any device and enter the code " + login.userCode());
        login.completeUrl().ifPresent(url -> tell.accept("or open " + url));
        keep(logins, login.await(deadline));
    }

    /** Before anybody logs in, so that a folder that cannot be used costs nobody's time. */
    private StoredLogins logins() {
        return new StoredLogins(FileTokenStore.open(folder), time, HostResolver.SYSTEM);
    }

    private void keep(StoredLogins logins, OAuthGrant grant) {
        logins.keep(provider, user, client, grant.refreshToken());
    }

    private static OAuthClient client(OAuthServer server, TimeSource time, Secrets environment) {
        String clientId = environment
                .variable("STEADYMAIL_CLIENT_ID")
                .orElseThrow(
                        () -> CommandException.credentials(
                                "there is no OAuth client; set STEADYMAIL_CLIENT_ID, and STEADYMAIL_CLIENT_SECRET if it has one (docs/login.md tells how to get one)"));
        Secret secret =
                environment.variable("STEADYMAIL_CLIENT_SECRET").map(Secret::of).orElse(null);
        return OAuthClient.of(server, clientId, secret, time);
    }
}
