package dev.steadymail.testkit.gmail;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with two users, for each test anew. */
abstract class GmailTestCase {
    static final String ADA = "ada@example.com";
    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    FakeGmail gmail;
    GmailMailbox mailbox;
    GmailHttp http;

    @BeforeEach
    void start() {
        gmail = FakeGmail.builder()
                .user(ADA, "token-ada")
                .user("bea@example.com", "token-bea")
                .refreshToken(ADA, "refresh-ada")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .start();
        mailbox = gmail.mailbox(ADA);
        http = new GmailHttp(gmail, "token-ada");
    }

    @AfterEach
    void stop() {
        gmail.close();
    }

    static String raw(byte[] message) {
        return Base64.getUrlEncoder().encodeToString(message);
    }

    static byte[] unraw(String data) {
        return Base64.getUrlDecoder().decode(data);
    }
}
