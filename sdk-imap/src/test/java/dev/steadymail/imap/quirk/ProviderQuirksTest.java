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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderQuirksTest {
    private static final int NO_HOST_LIMIT = Integer.MAX_VALUE;

    @Test
    void gmail() {
        assertRow(
                row("Gmail", 3, NO_HOST_LIMIT, 9, 8_000, 2, COUNTS_PER_ACCOUNT, LABELS, PREFERS_XOAUTH2, SAVES_SENT),
                "imap.gmail.com");
    }

    @Test
    void microsoft() {
        assertRow(
                row(
                        "Microsoft 365",
                        8,
                        NO_HOST_LIMIT,
                        9,
                        8_000,
                        2,
                        COUNTS_PER_ACCOUNT,
                        UNRELIABLE_STRUCTURE,
                        PREFERS_XOAUTH2,
                        SILENT_IDLE,
                        ROLES_BY_NAME,
                        SAVES_SENT),
                "outlook.office365.com");
    }

    @Test
    void exchange_isKnownByItsGreeting() {
        ProviderQuirks quirks = ProviderQuirks.of(
                "mail.example.com", "The Microsoft Exchange IMAP4 service is ready. [TQBN]", Set.of("IMAP4REV1"));
        assertEquals(
                row("Exchange", 3, 100, 9, 8_000, 2, UNRELIABLE_STRUCTURE, PREFERS_XOAUTH2, SILENT_IDLE, ROLES_BY_NAME),
                quirks);
    }

    @Test
    void icloud() {
        assertRow(
                row("iCloud", 3, NO_HOST_LIMIT, 29, 8_000, 2, COUNTS_PER_ACCOUNT, BROKEN_QRESYNC, UNTRUE_CAPABILITIES),
                "imap.mail.me.com");
    }

    @Test
    void yahoo() {
        assertRow(row("Yahoo", 2, NO_HOST_LIMIT, 29, 980, 2, COUNTS_PER_ACCOUNT, NEEDS_ID), "imap.mail.yahoo.com");
    }

    @Test
    void netease() {
        assertRow(row("NetEase", 3, NO_HOST_LIMIT, 29, 980, 1, COUNTS_PER_ACCOUNT, NEEDS_ID), "imap.163.com");
    }

    @Test
    void qq() {
        assertRow(
                row("QQ Mail", 3, NO_HOST_LIMIT, 29, 980, 1, COUNTS_PER_ACCOUNT, NEEDS_ID, UNRELIABLE_SEARCH),
                "imap.qq.com");
    }

    @Test
    void zoho() {
        assertRow(row("Zoho", 3, NO_HOST_LIMIT, 29, 980, 2, COUNTS_PER_ACCOUNT, UNSTATED_ROLES), "imappro.zoho.eu");
    }

    @Test
    void other() {
        assertRow(row("other", 3, 100, 29, 980, 2), "imap.example.com");
        assertEquals(200, ProviderQuirks.NEW_CONNECTIONS_PER_MINUTE);
    }

    @ParameterizedTest
    @CsvSource({
        "gmail.com, Gmail",
        "IMAP.GMail.COM, Gmail",
        "imap.gmail.com., Gmail",
        "imap.googlemail.com, Gmail",
        "imap-mail.outlook.com, Microsoft 365",
        "partner.outlook.cn, Microsoft 365",
        "imap.aol.com, Yahoo",
        "imap.126.com, NetEase",
        "imap.yeah.net, NetEase",
        "imap.qiye.163.com, NetEase",
        "imap.exmail.qq.com, QQ Mail",
    })
    void hosts_areMatchedByWholeNames(String host, String name) {
        assertEquals(name, ProviderQuirks.of(host, "", Set.of()).name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notgmail.com",
                "imap.gmail.com.evil.test",
                "imap.gmail.com.evil.test.",
                "imap-gmail.com",
                "gmail.community",
                "gmail",
                "com",
                "com.",
                "1163.com",
                "163.com.cn",
                "imap.gmail.com..",
                ".",
                "",
                "127.0.0.1",
                "[::1]"
            })
    void hostsThatLookAlike_areOthers(String host) {
        assertEquals("other", ProviderQuirks.of(host, "", Set.of()).name());
    }

    @Test
    void dottedCapitalI_isNoLetterOfAHost() {
        assertEquals("other", ProviderQuirks.of("GMA\u0130L.COM", "", Set.of()).name());
    }

    @ParameterizedTest
    @CsvSource({
        "Gimap ready for requests from 192.0.2.1, IMAP4REV1, Gmail",
        "'', X-GM-EXT-1, Gmail",
        "'', XYMHIGHESTMODSEQ, Yahoo",
        "Coremail System IMap Server Ready(example), ID, NetEase",
        "QQMail XMIMAP4Server ready, ID, QQ Mail",
        "Dovecot ready., IDLE, other",
    })
    void whatAServerSays_allowsNoMoreConnections(String saying, String capability, String name) {
        ProviderQuirks quirks = ProviderQuirks.of("imap.example.com", saying, Set.of(capability));
        assertEquals(name, quirks.name());
        assertEquals(100, quirks.maxHostConnections());
        assertTrue(quirks.maxConnections() <= 3, quirks::toString);
        assertFalse(quirks.has(COUNTS_PER_ACCOUNT));
    }

    @Test
    void host_countsMoreThanWhatIsSaid() {
        assertEquals(
                "iCloud",
                ProviderQuirks.of("imap.mail.me.com", "Gimap ready", Set.of("X-GM-EXT-1"))
                        .name());
    }

    @ParameterizedTest
    @CsvSource({"CONDSTORE, 8000", "QRESYNC, 8000", "IMAP4REV2, 8000", "IDLE, 980"})
    void linesAreLong_whereCapabilitiesPromiseIt(String capability, int octets) {
        ProviderQuirks quirks = ProviderQuirks.of("imap.example.com", "", Set.of(capability));
        assertEquals(octets, quirks.commandLineOctets());
    }

    private static void assertRow(ProviderQuirks expected, String host) {
        assertEquals(expected, ProviderQuirks.of(host, "", Set.of()));
    }

    private static ProviderQuirks row(
            String name, int connections, int hostConnections, int idle, int line, int inFlight, Quirk... quirks) {
        return new ProviderQuirks(
                name, connections, hostConnections, Duration.ofMinutes(idle), line, inFlight, Set.of(quirks));
    }
}
