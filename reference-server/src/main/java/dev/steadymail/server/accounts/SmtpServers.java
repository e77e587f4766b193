package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.SmtpPlace;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.smtp.SmtpServer.Security;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
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
    private static final Map<String, SmtpPlace> KNOWN = Map.of(
            "outlook.office365.com", new SmtpPlace("smtp.office365.com", 587, Security.STARTTLS),
            "imap-mail.outlook.com", new SmtpPlace("smtp-mail.outlook.com", 587, Security.STARTTLS),
            "imap.mail.me.com", new SmtpPlace("smtp.mail.me.com", 587, Security.STARTTLS),
            "imap.gmx.net", new SmtpPlace("mail.gmx.net", 465, Security.IMPLICIT_TLS),
            "imap.gmx.com", new SmtpPlace("mail.gmx.com", 465, Security.IMPLICIT_TLS),
            "imap.web.de", new SmtpPlace("smtp.web.de", 587, Security.STARTTLS));

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final String IMAP = "imap.";
    private static final int SUBMISSIONS = 465;
    private static final int SUBMISSION = 587;

    private final JdbcTemplate jdbc;
    private final AccountRows rows;

    SmtpServers(JdbcTemplate jdbc, AccountRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Returns the server to submit to in place of the one in the account's URL; empty where that one counts, or there is none. */
    public Optional<SmtpServer> of(UUID account) {
        Optional<String> stated = jdbc.queryForList(STATED, String.class, account).stream()
                .filter(Objects::nonNull)
                .findFirst();
        return stated.map(SmtpServers::parse)
                .or(() -> rows.find(account).map(Account::url).flatMap(SmtpServers::usual))
                .map(place ->
                        SmtpServer.at(place.host()).security(place.security()).port(place.port()));
    }

    /** Reads {@code smtps://HOST[:PORT]}, TLS from the start, or {@code smtp://HOST[:PORT]}, STARTTLS, on this machine neither. */
    static SmtpPlace parse(String url) {
        URI place = URI.create(url);
        String host = place.getHost().replaceAll("[\\[\\]]", "");
        if ("smtps".equals(place.getScheme())) {
            return new SmtpPlace(host, port(place, SUBMISSIONS), Security.IMPLICIT_TLS);
        }
        Security security = LOOPBACK.contains(host) ? Security.NONE_LOOPBACK_ONLY : Security.STARTTLS;
        return new SmtpPlace(host, port(place, SUBMISSION), security);
    }

    private static int port(URI place, int usual) {
        return place.getPort() < 0 ? usual : place.getPort();
    }

    static Optional<SmtpPlace> usual(AccountUrl url) {
        if (!(url instanceof ImapUrl imap)
                || imap.submission() != null
                || imap.security() == ImapAccount.Security.NONE_LOOPBACK_ONLY) {
            return Optional.empty();
        }
        SmtpPlace known = KNOWN.get(imap.host());
        if (known != null) {
            return Optional.of(known);
        }
        String host = imap.host().startsWith(IMAP) ? "smtp." + imap.host().substring(IMAP.length()) : imap.host();
        return Optional.of(new SmtpPlace(host, SUBMISSIONS, Security.IMPLICIT_TLS));
    }
}
