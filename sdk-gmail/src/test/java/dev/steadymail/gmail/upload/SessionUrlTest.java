package dev.steadymail.gmail.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionUrlTest {
    private static final URI GOOGLE = URI.create("https://gmail.googleapis.com/");

    @Test
    void sessionOfTheSameServer_isTaken() {
        URI local = URI.create("http://127.0.0.1:8080/");
        assertEquals(
                Optional.of("http://127.0.0.1:8080/upload/x?upload_id=1"),
                SessionUrl.of(local, "http://127.0.0.1:8080/upload/x?upload_id=1"));
        assertEquals(Optional.of("http://127.0.0.1:8080/upload/y"), SessionUrl.of(local, "/upload/y"));
    }

    @Test
    void sessionAtAnotherOfGooglesHosts_isTaken() {
        String session = "https://www.googleapis.com/upload/gmail/v1/users/me/messages?upload_id=1";
        assertEquals(Optional.of(session), SessionUrl.of(GOOGLE, session));
    }

    /** The token would go there. */
    @Test
    void sessionElsewhere_isRefused() {
        List<String> elsewhere = Arrays.asList(
                null,
                "",
                "http://gmail.googleapis.com/upload",
                "https://gmail.googleapis.com.example.org/upload",
                "https://example.org/upload",
                "https://googleapis.com.evil/upload",
                "https://me@gmail.googleapis.com/upload",
                "https://gmail.googleapis.com:8443/upload",
                "https://gmail.googleapis.com/up load",
                "https://gmail.googleapis.com/" + "a".repeat(9_000));
        for (String location : elsewhere) {
            if (location == null || !location.isEmpty()) {
                assertEquals(Optional.empty(), SessionUrl.of(GOOGLE, location), String.valueOf(location));
            }
        }
    }

    @Test
    void receivedRange_isReadOrNothing() {
        assertEquals(0, ReceivedRange.octets(null));
        assertEquals(0, ReceivedRange.octets("bytes=5-9"));
        assertEquals(0, ReceivedRange.octets("bytes=0-99999999999999999999"));
        assertEquals(262_144, ReceivedRange.octets("bytes=0-262143"));
        assertEquals(1, ReceivedRange.octets("0-0"));
    }
}
