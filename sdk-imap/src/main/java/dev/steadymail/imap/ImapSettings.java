package dev.steadymail.imap;

import dev.steadymail.imap.quirk.ProviderQuirks;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Limits of one IMAP account. Immutable and thread-safe; every method that takes a value returns a changed copy.
 *
 * <p>No wait is endless and no buffer unbounded: what a server sends beyond these limits ends the connection.
 */
public final class ImapSettings {
    /** Limits that suit a server nobody knows anything about. */
    public static final ImapSettings DEFAULT = new ImapSettings();

    private static final int MAX_CONNECTIONS = 20;
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private Duration connectTimeout = Duration.ofSeconds(20);
    private Duration tlsTimeout = Duration.ofSeconds(15);
    private Duration greetingTimeout = Duration.ofSeconds(16);
    private Duration loginTimeout = Duration.ofSeconds(30);
    private Duration readTimeout = Duration.ofMinutes(1);
    private Duration commandTimeout = Duration.ofMinutes(2);
    /** 0 stands for what suits the provider. */
    private int maxConnections;

    private int maxHostConnections;
    private int newConnectionsPerMinute = ProviderQuirks.NEW_CONNECTIONS_PER_MINUTE;
    private long maxLiteralBytes = 150L * MIB;
    private int bodyBatchBytes = 4 * MIB;
    private int bodyBatchEmails = 100;
    private boolean compression;

    private ImapSettings() {}

    /** Sets how long reaching the server may take over all of its addresses; 20 seconds by default. */
    public ImapSettings connectTimeout(Duration timeout) {
        Duration checked = positive("connectTimeout", timeout);
        return with(copy -> copy.connectTimeout = checked);
    }

    /** Sets how long the TLS handshake may be silent; 15 seconds by default. */
    public ImapSettings tlsTimeout(Duration timeout) {
        Duration checked = positive("tlsTimeout", timeout);
        return with(copy -> copy.tlsTimeout = checked);
    }

    /** Sets how long the server may take to greet; 16 seconds by default. */
    public ImapSettings greetingTimeout(Duration timeout) {
        Duration checked = positive("greetingTimeout", timeout);
        return with(copy -> copy.greetingTimeout = checked);
    }

    /** Sets how long the server may be silent during login; 30 seconds by default. */
    public ImapSettings loginTimeout(Duration timeout) {
        Duration checked = positive("loginTimeout", timeout);
        return with(copy -> copy.loginTimeout = checked);
    }

    /** Sets how long the server may be silent within an answer; 60 seconds by default. */
    public ImapSettings readTimeout(Duration timeout) {
        Duration checked = positive("readTimeout", timeout);
        return with(copy -> copy.readTimeout = checked);
    }

    /** Sets how long one attempt of an operation may take, connecting included; 120 seconds by default. */
    public ImapSettings commandTimeout(Duration timeout) {
        Duration checked = positive("commandTimeout", timeout);
        return with(copy -> copy.commandTimeout = checked);
    }

    /**
     * Sets how many connections of this account may be open at once, 1 to 20. By default what suits the provider: 8 for Microsoft, 2 for
     * Yahoo, 3 else. The user's other programs need some, too.
     */
    public ImapSettings maxConnections(int connections) {
        int checked = between("maxConnections", 1, connections, MAX_CONNECTIONS);
        return with(copy -> copy.maxConnections = checked);
    }

    /**
     * Sets how many connections to this account's host may be open at once over all accounts of a runtime, 1 to 1,000,000. By default
     * 100, but no number for the big providers, which count by account. The account that is opened last decides.
     */
    public ImapSettings maxHostConnections(int connections) {
        int checked = between("maxHostConnections", 1, connections, 1_000_000);
        return with(copy -> copy.maxHostConnections = checked);
    }

    /**
     * Sets how many new connections to this account's host may be made within a minute over all accounts of a runtime, 1 to 100,000; 200
     * by default, and ten within a second. The account that is opened last decides.
     */
    public ImapSettings newConnectionsPerMinute(int connections) {
        int checked = between("newConnectionsPerMinute", 1, connections, 100_000);
        return with(copy -> copy.newConnectionsPerMinute = checked);
    }

    /** Sets the longest literal taken from the server in octets, 1 KiB to 1 GiB; 150 MiB by default. */
    public ImapSettings maxLiteralBytes(int bytes) {
        int checked = between("maxLiteralBytes", KIB, bytes, KIB * MIB);
        return with(copy -> copy.maxLiteralBytes = checked);
    }

    /**
     * Sets how many octets of messages are asked for at once at first, 64 KiB to 64 MiB; 4 MiB by default. While the server brings them
     * quickly it becomes as much as comes in four seconds, 256 times as much at most. What is asked for is handed on as it comes, and
     * not held.
     */
    public ImapSettings bodyBatchBytes(int bytes) {
        int checked = between("bodyBatchBytes", 64 * KIB, bytes, 64 * MIB);
        return with(copy -> copy.bodyBatchBytes = checked);
    }

    /** Sets how many messages are asked for at once at first, 1 to 500; 100 by default. It grows as {@link #bodyBatchBytes} does. */
    public ImapSettings bodyBatchEmails(int emails) {
        int checked = between("bodyBatchEmails", 1, emails, 500);
        return with(copy -> copy.bodyBatchEmails = checked);
    }

    /**
     * Sets whether connections are compressed (RFC 4978) where the server states COMPRESS=DEFLATE; off by default. It saves octets on
     * slow networks, and costs both sides time and some 300 KiB of memory a connection.
     */
    public ImapSettings compression(boolean on) {
        return with(copy -> copy.compression = on);
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration tlsTimeout() {
        return tlsTimeout;
    }

    Duration greetingTimeout() {
        return greetingTimeout;
    }

    Duration loginTimeout() {
        return loginTimeout;
    }

    Duration readTimeout() {
        return readTimeout;
    }

    Duration commandTimeout() {
        return commandTimeout;
    }

    /** Returns the number of connections that was set, or what suits the provider. */
    int maxConnections(ProviderQuirks provider) {
        return maxConnections > 0 ? maxConnections : provider.maxConnections();
    }

    int maxHostConnections(ProviderQuirks provider) {
        return maxHostConnections > 0 ? maxHostConnections : provider.maxHostConnections();
    }

    int newConnectionsPerMinute() {
        return newConnectionsPerMinute;
    }

    long maxLiteralBytes() {
        return maxLiteralBytes;
    }

    int bodyBatchBytes() {
        return bodyBatchBytes;
    }

    int bodyBatchEmails() {
        return bodyBatchEmails;
    }

    boolean compression() {
        return compression;
    }

    private static Duration positive(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(name + " must be positive and at most 1 hour, was " + timeout);
        }
        return timeout;
    }

    private static int between(String name, int least, int value, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", was " + value);
        }
        return value;
    }

    private ImapSettings with(Consumer<ImapSettings> change) {
        ImapSettings copy = new ImapSettings();
        copy.connectTimeout = connectTimeout;
        copy.tlsTimeout = tlsTimeout;
        copy.greetingTimeout = greetingTimeout;
        copy.loginTimeout = loginTimeout;
        copy.readTimeout = readTimeout;
        copy.commandTimeout = commandTimeout;
        copy.maxConnections = maxConnections;
        copy.maxHostConnections = maxHostConnections;
        copy.newConnectionsPerMinute = newConnectionsPerMinute;
        copy.maxLiteralBytes = maxLiteralBytes;
        copy.bodyBatchBytes = bodyBatchBytes;
        copy.bodyBatchEmails = bodyBatchEmails;
        copy.compression = compression;
        change.accept(copy);
        return copy;
    }
}
