package dev.steadymail.server.accounts;

import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.smtp.SmtpServer.Security;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Where the mail of IMAP accounts is submitted, in this order: what was stated for the account, what its URL says, what is known of its
 * provider, and {@code smtp.} in place of {@code imap.} before its domain, always by TLS. A server on this machine without TLS has none
 * unless it was stated. Connections to it pass the network policy as all others do. Thread-safe.
 */
@Component
public class SmtpServers {
    /** As JSON, since the column is younger than the table. */
    private static final String STATED = "select to_jsonb(a) ->> 'smtp_url' from account a where id = ?";

    /** Providers whose submission server has another name or port than the rule below says. */
    private static final Map<String, SmtpServer> KNOWN = Map.of(
            "outlook.office365.com", SmtpServer.at("smtp.office365.com").startTls(),
            "imap-mail.outlook.com", SmtpServer.at("smtp-mail.outlook.com").startTls(),
            "imap.mail.me.com", SmtpServer.at("smtp.mail.me.com").startTls(),
            "imap.gmx.net", SmtpServer.at("mail.gmx.net"),
            "imap.gmx.com", SmtpServer.at("mail.gmx.com"),
            "imap.web.de", SmtpServer.at("smtp.web.de").startTls());

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String IMAP = "imap.";

    private final JdbcTemplate jdbc;
    private final AccountRows rows;

    SmtpServers(JdbcTemplate jdbc, AccountRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Returns the server to submit to in place of the one in the account's URL; empty where that one counts, or there is none. */
    public Optional<SmtpServer> of(UUID account) {
        Optional<String> stated = jdbc.queryForList(STATED, String.class, account).stream()
                .flatMap(url -> Optional.ofNullable(url).stream())
                .findFirst();
        return stated.isPresent()
                ? stated.map(SmtpServers::parse)
                : rows.find(account)
                        .flatMap(found -> found.url() instanceof ImapUrl imap ? usual(imap) : Optional.empty());
    }

    /** Reads {@code smtps://HOST[:PORT]}, TLS from the start, or {@code smtp://HOST[:PORT]}, STARTTLS, on this machine neither. */
    static SmtpServer parse(String url) {
        URI place = URI.create(url);
        SmtpServer server = SmtpServer.at(place.getHost().replaceAll("[\\[\\]]", ""));
        if (!"smtps".equals(place.getScheme())) {
            server = LOOPBACK.contains(place.getHost()) ? server.insecureLoopback() : server.startTls();
        }
        return place.getPort() < 0 ? server : server.port(place.getPort());
    }

    static Optional<SmtpServer> usual(ImapUrl imap) {
        if (imap.submission() != null || imap.security() == ImapAccount.Security.NONE_LOOPBACK_ONLY) {
            return Optional.empty();
        }
        SmtpServer known = KNOWN.get(imap.host());
        if (known != null) {
            return Optional.of(known);
        }
        String host = imap.host().startsWith(IMAP) ? "smtp." + imap.host().substring(IMAP.length()) : imap.host();
        return Optional.of(SmtpServer.at(host).security(Security.IMPLICIT_TLS));
    }
}
