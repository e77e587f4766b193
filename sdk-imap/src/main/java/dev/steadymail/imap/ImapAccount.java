package dev.steadymail.imap;

import dev.steadymail.auth.Credentials;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.imap.budget.HostBudget;
import dev.steadymail.imap.budget.HostConnections;
import dev.steadymail.imap.quirk.ProviderQuirks;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PemTrust;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.smtp.SmtpServer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An account on an IMAP server. Immutable and thread-safe; every method that takes a value returns a changed copy.
 *
 * <pre>{@code
 * ImapAccount.at("imap.example.com", Credentials.password("ada@example.com", secret))
 * }</pre>
 */
public final class ImapAccount implements MailAccount {
    private static final int IMAPS_PORT = 993;
    private static final int IMAP_PORT = 143;

    private final String host;
    private final int port;
    private final Security security;
    private final Credentials credentials;
    private final ImapSettings settings;
    private final @Nullable GuardSettings guarded;
    private final @Nullable SSLContext trust;
    private final @Nullable ImapProxy proxy;
    private final @Nullable SmtpServer submission;

    private ImapAccount(
            String host,
            int port,
            Security security,
            Credentials credentials,
            ImapSettings settings,
            @Nullable GuardSettings guarded,
            @Nullable SSLContext trust,
            @Nullable ImapProxy proxy,
            @Nullable SmtpServer submission) {
        this.host = host;
        this.port = port;
        this.security = security;
        this.credentials = credentials;
        this.settings = settings;
        this.guarded = guarded;
        this.trust = trust;
        this.proxy = proxy;
        this.submission = submission;
    }

    /** How the connection is protected. There is no way back to plain text when TLS fails. */
    public enum Security {
        /** TLS from the first octet (RFC 8314), the default. */
        IMPLICIT_TLS,
        /** STARTTLS (RFC 3501 section 6.2.1), required: without it nothing is sent. */
        STARTTLS,
        /** No TLS, for a server on this machine; refused on any address that is not loopback. */
        NONE_LOOPBACK_ONLY
    }

    /** Returns an account reached by TLS on port 993, its certificate checked against the system's authorities. */
    public static ImapAccount at(String host, Credentials credentials) {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("host must be a name or address without white space");
        }
        return new ImapAccount(
                host, IMAPS_PORT, Security.IMPLICIT_TLS, credentials, ImapSettings.DEFAULT, null, null, null, null);
    }

    /** Sets the port, 1 to 65,535. */
    public ImapAccount port(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535, was " + port);
        }
        return new ImapAccount(host, port, security, credentials, settings, guarded, trust, proxy, submission);
    }

    /** Sets the protection; a port that was not changed moves to the usual one, 143 without implicit TLS. */
    public ImapAccount security(Security security) {
        boolean usual = port == usualPort(this.security);
        return new ImapAccount(
                host,
                usual ? usualPort(security) : port,
                security,
                credentials,
                settings,
                guarded,
                trust,
                proxy,
                submission);
    }

    /** Trusts the authorities of this context instead of the system's; names and dates are checked all the same. */
    public ImapAccount trusting(SSLContext context) {
        return new ImapAccount(host, port, security, credentials, settings, guarded, context, proxy, submission);
    }

    /**
     * Trusts the certificates in a PEM file, and no others; the file is read at once.
     *
     * @throws dev.steadymail.mail.MailException of kind INVALID where the file cannot be read or holds no certificate
     */
    public ImapAccount trusting(Path pem) {
        return trusting(PemTrust.context(PemTrust.read(pem)));
    }

    /** Sets timeouts and bounds. */
    public ImapAccount settings(ImapSettings settings) {
        return new ImapAccount(host, port, security, credentials, settings, guarded, trust, proxy, submission);
    }

    /**
     * Sets how many operations may run, and how failures are met; by default {@link GuardSettings#IMAP} with as many at once as
     * there may be connections. More at once than {@link ImapSettings#maxConnections} are cut to that, since each operation has a
     * connection for itself.
     */
    public ImapAccount guarded(GuardSettings guarded) {
        return new ImapAccount(host, port, security, credentials, settings, guarded, trust, proxy, submission);
    }

    /**
     * Has every connection go through a proxy, whose host is looked up by the same resolver as the server's. Proxies that the system
     * states are not used.
     */
    public ImapAccount via(ImapProxy proxy) {
        return new ImapAccount(host, port, security, credentials, settings, guarded, trust, proxy, submission);
    }

    /**
     * Has mail submitted to a server: with it the account can send. By default the account's credentials, trust and proxy are used for it
     * as well.
     */
    public ImapAccount submitting(SmtpServer server) {
        return new ImapAccount(host, port, security, credentials, settings, guarded, trust, proxy, server);
    }

    @Override
    public AccountId id() {
        return new AccountId("imap:" + credentials.user() + "@" + host.toLowerCase(Locale.ROOT) + ":" + port);
    }

    @Override
    public GuardProfile guard() {
        return new GuardProfile(guardSettings(), null, host.toLowerCase(Locale.ROOT) + ":" + port);
    }

    private GuardSettings guardSettings() {
        int most = maxConnections();
        if (guarded == null) {
            return GuardSettings.IMAP.toBuilder().maxInFlight(most).build();
        }
        int adaptive = Math.min(guarded.adaptiveMax(), most);
        return guarded.toBuilder()
                .maxInFlight(Math.min(guarded.maxInFlight(), most))
                .adaptiveMax(adaptive > 1 ? adaptive : 0)
                .build();
    }

    @Override
    public Protocol protocol() {
        return Protocol.IMAP;
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return new ImapProvider(this, context);
    }

    /** What is known of the provider by its name alone. */
    ProviderQuirks provider() {
        return ProviderQuirks.of(host, "", Set.of());
    }

    int maxConnections() {
        return settings.maxConnections(provider());
    }

    HostBudget hostBudget(ProviderContext context) {
        HostConnections hosts = context.shared()
                .get(
                        HostConnections.class,
                        () -> new HostConnections(context.time().nanos()));
        return hosts.of(
                host.toLowerCase(Locale.ROOT) + ":" + port,
                settings.maxHostConnections(provider()),
                settings.newConnectionsPerMinute());
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    Security security() {
        return security;
    }

    Credentials credentials() {
        return credentials;
    }

    ImapSettings settings() {
        return settings;
    }

    @Nullable
    SSLContext trust() {
        return trust;
    }

    @Nullable
    ImapProxy proxy() {
        return proxy;
    }

    @Nullable
    SmtpServer submission() {
        return submission;
    }

    private static int usualPort(Security security) {
        return security == Security.IMPLICIT_TLS ? IMAPS_PORT : IMAP_PORT;
    }

    @Override
    public String toString() {
        return "ImapAccount[hidden]";
    }
}
