package dev.steadymail.smtp;

import dev.steadymail.auth.Credentials;
import dev.steadymail.provider.PemTrust;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's mail is submitted (RFC 6409): {@code account.submitting(SmtpServer.at("smtp.example.com"))}. Immutable and
 * thread-safe; every method that takes a value returns a changed copy.
 */
public final class SmtpServer {
    private static final int SUBMISSIONS_PORT = 465;
    private static final int SUBMISSION_PORT = 587;

    private final String host;
    private final int port;
    private final Security security;
    private final @Nullable Credentials credentials;
    private final @Nullable SSLContext trust;
    private final SmtpSettings settings;

    private SmtpServer(
            String host,
            int port,
            Security security,
            @Nullable Credentials credentials,
            @Nullable SSLContext trust,
            SmtpSettings settings) {
        this.host = host;
        this.port = port;
        this.security = security;
        this.credentials = credentials;
        this.trust = trust;
        this.settings = settings;
    }

    /** How the connection is protected. There is no way back to plain text when TLS fails. */
    public enum Security {
        /** TLS from the first octet (RFC 8314), the default. */
        IMPLICIT_TLS,
        /** STARTTLS (RFC 3207), required: without it nothing is sent. */
        STARTTLS,
        /** No TLS, for a server on this machine; refused on any address that is not loopback. */
        NONE_LOOPBACK_ONLY
    }

    /** Returns a server reached by TLS on port 465, its certificate checked as the account's server's is. */
    public static SmtpServer at(String host) {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("host must be a name or address without white space");
        }
        return new SmtpServer(host, SUBMISSIONS_PORT, Security.IMPLICIT_TLS, null, null, SmtpSettings.DEFAULT);
    }

    /** Sets the port, 1 to 65,535. */
    public SmtpServer port(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535, was " + port);
        }
        return new SmtpServer(host, port, security, credentials, trust, settings);
    }

    /** Sets the protection; a port that was not changed moves to the usual one, 587 without implicit TLS. */
    public SmtpServer security(Security security) {
        boolean usual = port == usualPort(this.security);
        return new SmtpServer(host, usual ? usualPort(security) : port, security, credentials, trust, settings);
    }

    /** Uses STARTTLS, on port 587 where the port was not changed. */
    public SmtpServer startTls() {
        return security(Security.STARTTLS);
    }

    /** Uses no TLS, towards this machine only. */
    public SmtpServer insecureLoopback() {
        return security(Security.NONE_LOOPBACK_ONLY);
    }

    /** Logs in with these; by default with the account's. */
    public SmtpServer credentials(Credentials credentials) {
        return new SmtpServer(host, port, security, credentials, trust, settings);
    }

    /** Trusts the authorities of this context; by default those that the account trusts. Names and dates are checked all the same. */
    public SmtpServer trusting(SSLContext context) {
        return new SmtpServer(host, port, security, credentials, context, settings);
    }

    /**
     * Trusts the certificates in a PEM file, and no others; the file is read at once.
     *
     * @throws dev.steadymail.mail.MailException of kind INVALID where the file cannot be read or holds no certificate
     */
    public SmtpServer trusting(Path pem) {
        return trusting(PemTrust.context(PemTrust.read(pem)));
    }

    /** Sets timeouts and bounds. */
    public SmtpServer settings(SmtpSettings settings) {
        return new SmtpServer(host, port, security, credentials, trust, settings);
    }

    /** Returns the host's name or address. */
    public String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** Returns how the connection is protected. */
    public Security security() {
        return security;
    }

    /** Returns what is shared by all accounts on this server, as the guard names it. */
    String scope() {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    boolean isLoopbackOnly() {
        return security == Security.NONE_LOOPBACK_ONLY;
    }

    Credentials credentialsOr(Credentials usual) {
        return credentials == null ? usual : credentials;
    }

    @Nullable
    SSLContext trustOr(@Nullable SSLContext usual) {
        return trust == null ? usual : trust;
    }

    SmtpSettings settings() {
        return settings;
    }

    private static int usualPort(Security security) {
        return security == Security.IMPLICIT_TLS ? SUBMISSIONS_PORT : SUBMISSION_PORT;
    }

    @Override
    public String toString() {
        return "SmtpServer[hidden]";
    }
}
