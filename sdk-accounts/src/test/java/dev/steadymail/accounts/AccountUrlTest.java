package dev.steadymail.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.smtp.SmtpServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountUrlTest {
    private static final String SECRET = "hunter2";

    @ParameterizedTest
    @CsvSource({
        "imaps://ada@mail.example.com,            ada,             mail.example.com, 993,  IMPLICIT_TLS",
        "imaps://ada@example.com@mail.example.com, ada@example.com, mail.example.com, 993,  IMPLICIT_TLS",
        "imap://ada@mail.example.com,             ada,             mail.example.com, 143,  STARTTLS",
        "IMAP://ada@Mail.Example.COM:1143,        ada,             mail.example.com, 1143, STARTTLS",
        "imap://ada@127.0.0.1:1143?tls=none,      ada,             127.0.0.1,        1143,  NONE_LOOPBACK_ONLY",
        "imap://ada@127.255.3.1?tls=none,         ada,             127.255.3.1,      143,  NONE_LOOPBACK_ONLY",
        "imap://ada@localhost?tls=none,           ada,             localhost,        143,  NONE_LOOPBACK_ONLY",
        "imap://ada@[::1]:1143?tls=none,          ada,             ::1,              1143,  NONE_LOOPBACK_ONLY",
        "imaps://ada@[2001:db8::7],               ada,             2001:db8::7,      993,  IMPLICIT_TLS",
        "imaps://a%3Ab%40c%25@h,                  a:b@c%,          h,                993,  IMPLICIT_TLS",
        "imaps://J%C3%BCrgen+x@h,                 Jürgen+x,        h,                993,  IMPLICIT_TLS"
    })
    void imap_isTakenApart(String text, String user, String host, int port, Security security) {
        assertEquals(new ImapUrl(user, host, port, security, null), AccountUrl.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "imap"})
    void ca_namesAFile_whichMayHoldAnAt(String scheme) {
        ImapUrl imap = (ImapUrl) AccountUrl.parse(scheme + "://ada@h?ca=/home/a@b/ca%20file.pem");
        assertEquals(Path.of("/home/a@b/ca file.pem"), imap.ca());
        assertEquals("ada", imap.user());
    }

    @ParameterizedTest
    @CsvSource({
        "smtp=Mail.Example.COM:465,                   mail.example.com, 465,  IMPLICIT_TLS,       smtp=mail.example.com:465",
        "smtp=mail.example.com:587,                   mail.example.com, 587,  STARTTLS,           smtp=mail.example.com:587",
        "smtp=h:465&smtptls=starttls,                 h,                465,  STARTTLS,           smtp=h:465&smtptls=starttls",
        "smtptls=implicit&smtp=h:2465,                h,                2465, IMPLICIT_TLS,       smtp=h:2465&smtptls=implicit",
        "smtp=h:465&smtptls=implicit,                 h,                465,  IMPLICIT_TLS,       smtp=h:465",
        "smtp=127.0.0.1:2525&smtptls=none,            127.0.0.1,        2525, NONE_LOOPBACK_ONLY, smtp=127.0.0.1:2525&smtptls=none",
        "smtp=[::1]:2525&smtptls=none,                ::1,              2525, NONE_LOOPBACK_ONLY, smtp=[::1]:2525&smtptls=none"
    })
    void smtp_namesTheSubmissionServer(
            String query, String host, int port, SmtpServer.Security security, String inOneSpelling) {
        ImapUrl imap = (ImapUrl) AccountUrl.parse("imaps://ada@imap.example.com?" + query);

        assertEquals(new SmtpPlace(host, port, security), imap.submission());
        assertEquals("imaps://ada@imap.example.com?" + inOneSpelling, imap.text());
        assertEquals(imap, AccountUrl.parse(imap.text()));
        assertEquals(List.of("imap.example.com", host), imap.hosts());
    }

    @Test
    void smtp_standsBesideTheOtherParameters() {
        String text = "imap://ada@127.0.0.1:1143?tls=none&smtp=127.0.0.1:2525&smtptls=none";
        ImapUrl imap = (ImapUrl) AccountUrl.parse(text);

        assertEquals(text, imap.text());
        assertEquals(List.of("127.0.0.1"), imap.hosts());
    }

    @Test
    void gmail_takesEverythingBeforeTheQuestionMark() {
        GmailUrl gmail = (GmailUrl) AccountUrl.parse("gmail://ada%2Btag@example.com");
        assertEquals("ada+tag@example.com", gmail.user());
        assertNull(gmail.root());
        assertNull(gmail.token());
    }

    @Test
    void gmail_placesArePercentDecoded() {
        GmailUrl gmail = (GmailUrl) AccountUrl.parse(
                "gmail://ada@example.com?root=http%3A%2F%2F127.0.0.1%3A8080/&token=https://tokens.example.com/token");
        assertEquals(URI.create("http://127.0.0.1:8080/"), gmail.root());
        assertEquals(URI.create("https://tokens.example.com/token"), gmail.token());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada@mail.example.com",
                "pop3://ada@hunter2",
                "imaps://",
                "imaps://@host",
                "imaps://%20@host",
                "imaps://ada",
                "imaps://ada@",
                "imaps://ada@host:",
                "imaps://ada@host:0",
                "imaps://ada@host:65536",
                "imaps://ada@host:hunter2",
                "imaps://ada@host:+993",
                "imaps://ada@host:٣٤٥",
                "imaps://ada@host/hunter2",
                "imaps://ada@ho st",
                "imaps://ada@-host",
                "imaps://ada@ho..st",
                "imaps://ada@::1",
                "imaps://ada@[::1",
                "imaps://ada@[hunter2]",
                "imaps://ada@[mail.example.com]",
                "imaps://ada@[127.0.0.1]",
                "imaps://ada@[fe80::1%25eth0]",
                "imaps://ada@[1:2:3]",
                "imaps://ada@[::1]hunter2",
                "imaps://ada:hunter2@host",
                "imaps://ada:hunter2",
                "imaps://ada:hun?ter2@host",
                "imaps://ada%4@host",
                "imaps://ada%@host",
                "imaps://ada%zzhunter2@host",
                "imaps://ada%C3@host",
                "imaps://ada%0d%0ahunter2@host",
                "imaps://ada@host?hunter2",
                "imaps://ada@host?",
                "imaps://ada@host?ca",
                "imaps://ada@host?ca=",
                "imaps://ada@host?ca=a&ca=b",
                "imaps://ada@host?ca=a&",
                "imaps://ada@host?ca=%00",
                "imaps://ada@host?tls=none",
                "imaps://ada@host?password=hunter2",
                "imap://ada@host?tls=hunter2",
                "imap://ada@host?tls=none",
                "imap://ada@192.0.2.1?tls=none",
                "imap://ada@127.0.0.1.example.com?tls=none",
                "imap://ada@127.1?tls=none",
                "imap://ada@localhost.example.com?tls=none",
                "imap://ada@127.0.0.1?tls=none&tls=none",
                "imap://ada@127.0.0.1?tls=none&ca=file",
                "imaps://ada@host?smtp=hunter2",
                "imaps://ada@host?smtp=mail.example.com:hunter2",
                "imaps://ada@host?smtp=mail.example.com:0",
                "imaps://ada@host?smtp=mail.example.com:65536",
                "imaps://ada@host?smtp=::1:465",
                "imaps://ada@host?smtp=bob@mail.example.com:465",
                "imaps://ada@host?smtp=mail.example.com:465&smtptls=hunter2",
                "imaps://ada@host?smtp=mail.example.com:2525&smtptls=none",
                "imaps://ada@host?smtp=127.0.0.1.example.com:2525&smtptls=none",
                "imaps://ada@host?smtptls=implicit",
                "gmail://",
                "gmail://?root=https://h",
                "gmail://ada:hunter2@example.com",
                "gmail://ada@example.com?root=http://192.0.2.1/",
                "gmail://ada@example.com?token=http://example.com/",
                "gmail://ada@example.com?root=ftp://127.0.0.1/",
                "gmail://ada@example.com?root=https://hunter2@host/",
                "gmail://ada@example.com?root=https:///",
                "gmail://ada@example.com?root=https://host/%3Fkey=hunter2",
                "gmail://ada@example.com?root=hunter2",
                "gmail://ada@example.com?root=https://h:0/",
                "gmail://ada@example.com?root=https://h:65536/",
                "gmail://ada@example.com?root=https://[fe80::1%2525eth0]/",
                "gmail://ada@example.com?root=https://a&root=https://b",
                "gmail://ada@example.com?ca=file"
            })
    void wrong_isRefusedWithoutRepeatingIt(String text) {
        InvalidAccountUrlException refusal =
                assertThrows(InvalidAccountUrlException.class, () -> AccountUrl.parse(text));
        assertFalse(String.valueOf(refusal.getMessage()).contains(SECRET), refusal::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps://ada:hunter2@host", "gmail://ada:hunter2", "imaps://ada@host?password=hunter2"})
    void secretInTheUrl_isToldApart(String text) {
        InvalidAccountUrlException refusal =
                assertThrows(InvalidAccountUrlException.class, () -> AccountUrl.parse(text));
        assertTrue(refusal.mayHoldSecret());
    }

    @Test
    void ruleThatIsBroken_isNoSecret() {
        InvalidAccountUrlException refusal =
                assertThrows(InvalidAccountUrlException.class, () -> AccountUrl.parse("imaps://ada"));
        assertFalse(refusal.mayHoldSecret());
    }

    @ParameterizedTest
    @CsvSource({
        "IMAPS://a%64a@Mail.Example.COM:993,                     imaps://ada@mail.example.com",
        "imap://ada@h:993,                                       imap://ada@h:993",
        "imap://ada@[2001:DB8::7]:143,                           imap://ada@[2001:db8::7]",
        "imap://ada@localhost:1143?tls=none,                     imap://ada@localhost:1143?tls=none",
        "imaps://ada%40example.com@h?ca=%2Ftmp%2fmy%20ca.pem,    imaps://ada@example.com@h?ca=/tmp/my%20ca.pem",
        "imaps://J%c3%bcrgen+x%3a%3F%25@h,                       imaps://J%C3%BCrgen+x%3A%3F%25@h",
        "Gmail://ada%40example.com,                              gmail://ada@example.com",
        "gmail://me?token=HTTPS://T.Example.com:443&root=http://127.0.0.1:80/x, "
                + "gmail://me?root=http://127.0.0.1/x&token=https://t.example.com/",
    })
    void text_isOneSpellingForAllThatMeanTheSame(String written, String canonical) {
        AccountUrl url = AccountUrl.parse(written);
        assertEquals(canonical, url.text());
        assertEquals(url, AccountUrl.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "imaps://ada@Mail.Example.com; mail.example.com",
                "imaps://ada@[2001:db8::7]; 2001:db8::7",
                "gmail://me; gmail.googleapis.com,oauth2.googleapis.com",
                "gmail://me?root=http://[::1]:8080/; ::1,oauth2.googleapis.com",
                "gmail://me?token=https://T.example.com/t; gmail.googleapis.com,t.example.com",
            })
    void hosts_areAllThatMayBeConnectedTo(String text, String hosts) {
        assertEquals(List.of(hosts.split(",")), AccountUrl.parse(text).hosts());
    }

    /** Who builds one without parsing meets the same rules. */
    @Test
    void madeByHand_isChecked() {
        Path ca = Path.of("ca.pem");
        List<Executable> wrong = List.of(
                () -> new ImapUrl(" ", "h", 993, Security.IMPLICIT_TLS, null),
                () -> new ImapUrl("ada", "h@evil", 993, Security.IMPLICIT_TLS, null),
                () -> new ImapUrl("ada", "[::1]", 993, Security.IMPLICIT_TLS, null),
                () -> new ImapUrl("ada", "h", 0, Security.IMPLICIT_TLS, null),
                () -> new ImapUrl("ada", "h", 143, Security.NONE_LOOPBACK_ONLY, null),
                () -> new ImapUrl("ada", "::1", 143, Security.NONE_LOOPBACK_ONLY, ca),
                () -> new GmailUrl("", null, null),
                () -> new GmailUrl("me", URI.create("http://example.com/"), null),
                () -> new GmailUrl("me", null, URI.create("mailto:ada")));
        wrong.forEach(each -> assertThrows(InvalidAccountUrlException.class, each));
    }

    @Test
    void anyUser_survivesEncoding() {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 2_000; i++) {
            String user = user(random);
            String encoded = URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
            assertEquals(user, AccountUrl.parse("imaps://" + encoded + "@host").user(), () -> "user " + user);
            assertEquals(user, AccountUrl.parse("gmail://" + encoded).user(), () -> "user " + user);
            AccountUrl url = AccountUrl.parse("imaps://" + encoded + "@host");
            assertEquals(url, AccountUrl.parse(url.text()), () -> "user " + user);
        }
    }

    /** Whatever is typed, the answer is an account or wrong usage, and never holds a word that was typed. */
    @Test
    void anyText_isTakenOrRefused() {
        Random random = new Random(7);
        String alphabet = "a1:@?&=%./[]\u00e9# ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "imaps://" : "gmail://").append(SECRET);
            random.ints(random.nextInt(12), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            try {
                assertFalse(AccountUrl.parse(text.toString()).toString().contains(SECRET));
            } catch (InvalidAccountUrlException refusal) {
                assertFalse(String.valueOf(refusal.getMessage()).contains(SECRET), () -> text + ": " + refusal);
            }
        }
    }

    private static String user(Random random) {
        StringBuilder user = new StringBuilder("u");
        random.ints(random.nextInt(20), 0x20, 0x3000)
                .filter(c -> !Character.isISOControl(c))
                .forEach(user::appendCodePoint);
        return user.toString();
    }
}
