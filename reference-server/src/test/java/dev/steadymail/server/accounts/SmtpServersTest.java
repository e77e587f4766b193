package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.accounts.AccountUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmtpServersTest {
    @ParameterizedTest
    @CsvSource({
        "imaps://ada@imap.example.com, smtp.example.com:465 IMPLICIT_TLS",
        "imaps://ada@mail.example.com, mail.example.com:465 IMPLICIT_TLS",
        "imaps://ada@outlook.office365.com, smtp.office365.com:587 STARTTLS",
        "imaps://ada@imap.gmx.net, mail.gmx.net:465 IMPLICIT_TLS"
    })
    void usual_isToldByTheName(String url, String expected) {
        var server = SmtpServers.usual(AccountUrl.parse(url)).orElseThrow();
        assertEquals(expected, server.host() + ":" + server.port() + " " + server.security());
    }

    @Test
    void usual_whereTheUrlSays_orTheServerIsWithoutTls_isNone() {
        assertTrue(SmtpServers.usual(AccountUrl.parse("imaps://ada@imap.example.com?smtp=other:465"))
                .isEmpty());
        assertTrue(SmtpServers.usual(AccountUrl.parse("imap://ada@127.0.0.1:1?tls=none"))
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "smtps://smtp.example.com, smtp.example.com:465 IMPLICIT_TLS",
        "smtp://smtp.example.com, smtp.example.com:587 STARTTLS",
        "smtp://smtp.example.com:25, smtp.example.com:25 STARTTLS",
        "smtp://127.0.0.1:2525, 127.0.0.1:2525 NONE_LOOPBACK_ONLY",
        "smtps://[::1]:465, ::1:465 IMPLICIT_TLS"
    })
    void parse_readsWhatWasStated(String url, String expected) {
        var server = SmtpServers.parse(url);
        assertEquals(expected, server.host() + ":" + server.port() + " " + server.security());
    }
}
