package dev.steadymail.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.account.AccountUrl.Gmail;
import dev.steadymail.cli.account.AccountUrl.Imap;
import dev.steadymail.cli.account.AccountUrl.Security;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
        "imap://ada@127.0.0.1:1143?tls=none,      ada,             127.0.0.1,        1143, NONE",
        "imap://ada@127.255.3.1?tls=none,         ada,             127.255.3.1,      143,  NONE",
        "imap://ada@localhost?tls=none,           ada,             localhost,        143,  NONE",
        "imap://ada@[::1]:1143?tls=none,          ada,             ::1,              1143, NONE",
        "imaps://ada@[2001:db8::7],               ada,             2001:db8::7,      993,  IMPLICIT_TLS",
        "imaps://a%3Ab%40c%25@h,                  a:b@c%,          h,                993,  IMPLICIT_TLS",
        "imaps://J%C3%BCrgen+x@h,                 Jürgen+x,        h,                993,  IMPLICIT_TLS"
    })
    void imap_isTakenApart(String text, String user, String host, int port, Security security) {
        assertEquals(new Imap(user, host, port, security, null), AccountUrl.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "imap"})
    void ca_namesAFile_whichMayHoldAnAt(String scheme) {
        Imap imap = (Imap) AccountUrl.parse(scheme + "://ada@h?ca=/home/a@b/ca%20file.pem");
        assertEquals(Path.of("/home/a@b/ca file.pem"), imap.ca());
        assertEquals("ada", imap.user());
    }

    @Test
    void gmail_takesEverythingBeforeTheQuestionMark() {
        Gmail gmail = (Gmail) AccountUrl.parse("gmail://ada%2Btag@example.com");
        assertEquals("ada+tag@example.com", gmail.user());
        assertNull(gmail.root());
        assertNull(gmail.token());
    }

    @Test
    void gmail_placesArePercentDecoded() {
        Gmail gmail = (Gmail) AccountUrl.parse(
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
                "gmail://ada@example.com?root=https://a&root=https://b",
                "gmail://ada@example.com?ca=file"
            })
    void wrong_isRefusedWithoutRepeatingIt(String text) {
        CommandException refusal = assertThrows(CommandException.class, () -> AccountUrl.parse(text));
        assertEquals(ExitCode.USAGE, refusal.exit());
        assertFalse(String.valueOf(refusal.getMessage()).contains(SECRET), refusal::getMessage);
    }

    @Test
    void passwordInTheUrl_tellsWhereItBelongs() {
        CommandException refusal =
                assertThrows(CommandException.class, () -> AccountUrl.parse("imaps://ada:" + SECRET + "@host"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("STEADYMAIL_PASSWORD"));
    }

    @Test
    void anyUser_survivesEncoding() {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 2_000; i++) {
            String user = user(random);
            String encoded = URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
            assertEquals(user, AccountUrl.parse("imaps://" + encoded + "@host").user(), () -> "user " + user);
            assertEquals(user, AccountUrl.parse("gmail://" + encoded).user(), () -> "user " + user);
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
            } catch (CommandException refusal) {
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
