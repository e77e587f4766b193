package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpUrlTest {
    @ParameterizedTest
    @CsvSource({
        "smtps://mail.example.com, smtps://mail.example.com:465",
        "SMTPS://Mail.Example.com:465, smtps://mail.example.com:465",
        "smtp://mail.example.com, smtp://mail.example.com:587",
        "smtp://mail.example.com:2525, smtp://mail.example.com:2525",
        "smtp://[2a00:1450::1]:587, smtp://[2a00:1450::1]:587",
        "smtp://127.0.0.1:2525?tls=none, smtp://127.0.0.1:2525?tls=none"
    })
    void url_isReadAndWrittenInOneSpelling(String text, String spelling) {
        assertEquals(spelling, SmtpUrl.text(SmtpUrl.parse(text)));
        assertEquals(SmtpUrl.parse(text), SmtpUrl.parse(spelling));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mail.example.com",
                "imaps://mail.example.com",
                "smtps://",
                "smtps://mail.example.com:0",
                "smtps://mail.example.com:65536",
                "smtps://mail.example.com:x",
                "smtps://ada@mail.example.com",
                "smtps://ada:Hush@mail.example.com",
                "smtps://mail.example.com/",
                "smtps://mail.example.com?tls=none",
                "smtp://mail.example.com?tls=none",
                "smtp://a b",
                "smtp://mail.example.com\n",
                "smtp://[::1",
                "smtp://::1"
            })
    void other_isRefused(String text) {
        assertThrows(UnusableAccountException.class, () -> SmtpUrl.parse(text));
    }
}
