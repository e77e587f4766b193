package dev.steadymail.imap.quirk;

import static dev.steadymail.imap.quirk.Quirk.BROKEN_QRESYNC;
import static dev.steadymail.imap.quirk.Quirk.COUNTS_PER_ACCOUNT;
import static dev.steadymail.imap.quirk.Quirk.LABELS;
import static dev.steadymail.imap.quirk.Quirk.NEEDS_ID;
import static dev.steadymail.imap.quirk.Quirk.PREFERS_XOAUTH2;
import static dev.steadymail.imap.quirk.Quirk.ROLES_BY_NAME;
import static dev.steadymail.imap.quirk.Quirk.SAVES_SENT;
import static dev.steadymail.imap.quirk.Quirk.SILENT_IDLE;
import static dev.steadymail.imap.quirk.Quirk.UNRELIABLE_SEARCH;
import static dev.steadymail.imap.quirk.Quirk.UNRELIABLE_STRUCTURE;
import static dev.steadymail.imap.quirk.Quirk.UNSTATED_ROLES;
import static dev.steadymail.imap.quirk.Quirk.UNTRUE_CAPABILITIES;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One row a provider. Each number and quirk has its reason beside it, with the project where it was reported.
 *
 * @param quirks how to treat it
 * @param hosts its names, in lower case; what is below them belongs to it as well
 * @param sayings parts of a greeting or ID text that tell it, in lower case
 * @param capabilities capabilities that only it states
 */
record ProviderTable(ProviderQuirks quirks, List<String> hosts, List<String> sayings, List<String> capabilities) {
    /**
     * Allows 15 connections an account (imapsync, imapflow), and people have several programs. Is believed to drop an IDLE after ten
     * minutes. Has CONDSTORE without QRESYNC, which its capabilities tell. XOAUTH2 is the way that it describes. Keeps
     * what is submitted in Sent Mail (its help on other mail programs).
     */
    static final ProviderTable GMAIL = row(
            "Gmail",
            Numbers.of(3).idle(9).longLines(),
            Set.of(COUNTS_PER_ACCOUNT, LABELS, PREFERS_XOAUTH2, SAVES_SENT),
            List.of("gmail.com", "googlemail.com"),
            List.of("gimap"),
            List.of("X-GM-EXT-1"));

    /**
     * Allows about 20 connections a user (node-imap). IDLE drops or goes silent (angus-mail). Sends strings for lists in
     * BODYSTRUCTURE. States neither OAUTHBEARER (go-sasl) nor SPECIAL-USE (imapclient). Exchange takes commands of 10,240
     * octets unless set otherwise. Keeps what is submitted in Sent Items (Outlook.com and Exchange Online do so by SMTP AUTH).
     */
    static final ProviderTable MICROSOFT = row(
            "Microsoft 365",
            Numbers.of(8).idle(9).longLines(),
            Set.of(COUNTS_PER_ACCOUNT, UNRELIABLE_STRUCTURE, PREFERS_XOAUTH2, SILENT_IDLE, ROLES_BY_NAME, SAVES_SENT),
            List.of("office365.com", "outlook.com", "hotmail.com", "live.com", "office365.us", "outlook.cn"),
            List.of(),
            List.of());

    /** The same software at somebody's own place, where the host is one machine; 16 connections a user unless set otherwise. */
    static final ProviderTable EXCHANGE = row(
            "Exchange",
            Numbers.of(3).idle(9).longLines(),
            Set.of(UNRELIABLE_STRUCTURE, PREFERS_XOAUTH2, SILENT_IDLE, ROLES_BY_NAME),
            List.of(),
            List.of("microsoft exchange imap4"),
            List.of());

    /**
     * Publishes no number; refuses for minutes when it has enough (mailflow). Messages vanish with QRESYNC, and ENABLE is not
     * answered (Mailspring-Sync, MailKit). A proxy before it rewrites the first capabilities (isync).
     */
    static final ProviderTable ICLOUD = row(
            "iCloud",
            Numbers.of(3).longLines(),
            Set.of(COUNTS_PER_ACCOUNT, BROKEN_QRESYNC, UNTRUE_CAPABILITIES),
            List.of("mail.me.com", "icloud.com"),
            List.of(),
            List.of());

    /**
     * Yahoo, AOL and those they serve. Publishes no number; slows down those who start in a burst (imapflow). Asks clients to send
     * ID (go-imap). Has no IDLE, which its capabilities tell.
     */
    static final ProviderTable YAHOO = row(
            "Yahoo",
            Numbers.of(2),
            Set.of(COUNTS_PER_ACCOUNT, NEEDS_ID),
            List.of("yahoo.com", "aol.com", "verizon.net", "att.net"),
            List.of(),
            List.of("XYMHIGHESTMODSEQ"));

    /**
     * NetEase, and others with Coremail. Refuses SELECT as "Unsafe Login" without ID (node-imap, himalaya). One command at a
     * time is our caution with a server that keeps few rules.
     */
    static final ProviderTable NETEASE = row(
            "NetEase",
            Numbers.of(3).oneAtATime(),
            Set.of(COUNTS_PER_ACCOUNT, NEEDS_ID),
            List.of("163.com", "126.com", "yeah.net", "188.com"),
            List.of("coremail"),
            List.of());

    /**
     * Tencent. Wants ID as NetEase does (imbox). SEARCH returns all messages whatever was asked (MailKit, node-imap).
     * One command at a time for the same reason as there.
     */
    static final ProviderTable QQ = row(
            "QQ Mail",
            Numbers.of(3).oneAtATime(),
            Set.of(COUNTS_PER_ACCOUNT, NEEDS_ID, UNRELIABLE_SEARCH),
            List.of("qq.com", "foxmail.com"),
            List.of("qqmail"),
            List.of());

    /** Tells roles in LIST without stating SPECIAL-USE (imapclient). */
    static final ProviderTable ZOHO = row(
            "Zoho",
            Numbers.of(3),
            Set.of(COUNTS_PER_ACCOUNT, UNSTATED_ROLES),
            List.of("zoho.com", "zoho.eu", "zoho.in", "zoho.jp", "zoho.com.au", "zohocloud.ca"),
            List.of(),
            List.of());

    /**
     * Any other. Dovecot, the most common, allows 10 connections per user and address unless set otherwise. RFC 2177 section 3 has 29
     * minutes for IDLE. RFC 2683 section 3.2.1.5 has lines of at most 1,000 octets; 980 leaves room for the tag.
     */
    static final ProviderTable OTHER = row("other", Numbers.of(3), Set.of(), List.of(), List.of(), List.of());

    /** The rows, in the order in which they are asked. */
    static final List<ProviderTable> ROWS = List.of(GMAIL, MICROSOFT, EXCHANGE, ICLOUD, YAHOO, NETEASE, QQ, ZOHO);

    private static ProviderTable row(
            String name,
            Numbers numbers,
            Set<Quirk> quirks,
            List<String> hosts,
            List<String> sayings,
            List<String> capabilities) {
        return new ProviderTable(numbers.quirks(name, quirks), hosts, sayings, capabilities);
    }

    /** Returns whether a host, in lower case, is the provider's: one of its names or below one. */
    boolean owns(String host) {
        return hosts.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
    }

    /** Returns whether a server that says this, in lower case, and states that names this provider. */
    boolean isMeantBy(String said, Set<String> stated) {
        return sayings.stream().anyMatch(said::contains)
                || capabilities.stream().anyMatch(stated::contains);
    }

    /** The numbers of a row, from those of an unknown server. */
    record Numbers(int connections, int idleMinutes, int lineOctets, int inFlight) {
        /** For servers known to take so much; some room is left below 8,192. */
        static final int LONG_LINE = 8_000;

        /** One machine serves others as well. */
        private static final int HOST_CONNECTIONS = 100;

        static Numbers of(int connections) {
            return new Numbers(connections, 29, 980, 2);
        }

        Numbers idle(int minutes) {
            return new Numbers(connections, minutes, lineOctets, inFlight);
        }

        Numbers longLines() {
            return new Numbers(connections, idleMinutes, LONG_LINE, inFlight);
        }

        Numbers oneAtATime() {
            return new Numbers(connections, idleMinutes, lineOctets, 1);
        }

        ProviderQuirks quirks(String name, Set<Quirk> quirks) {
            int hostConnections = quirks.contains(COUNTS_PER_ACCOUNT) ? Integer.MAX_VALUE : HOST_CONNECTIONS;
            Duration idle = Duration.ofMinutes(idleMinutes);
            return new ProviderQuirks(name, connections, hostConnections, idle, lineOctets, inFlight, quirks);
        }
    }
}
