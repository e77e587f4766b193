package dev.steadymail.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthServerTest {
    @Test
    void microsoft_isAskedInTheTenantsName() {
        assertEquals(
                URI.create("https://login.microsoftonline.com/common/oauth2/v2.0/token"),
                OAuthServer.microsoft().tokenUrl());
        OAuthServer own = OAuthServer.microsoft("contoso.onmicrosoft.com");
        assertEquals(
                URI.create("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/devicecode"),
                own.deviceUrl().orElseThrow());
        assertTrue(own.scopes().contains("offline_access"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "a?b", "-a", "a b"})
    void tenantOfAnotherForm_isRefused(String tenant) {
        assertThrows(IllegalArgumentException.class, () -> OAuthServer.microsoft(tenant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/token",
                "http://127.0.0.1.example.com/",
                "http://u:hunter2@127.0.0.1/",
                "ftp://127.0.0.1/",
                "https:///token",
                "https://example.com/#x"
            })
    void placeThatIsNotSafe_isRefusedAndNotRepeated(String url) {
        URI place = URI.create(url);
        OAuthServer server = OAuthServer.google();
        for (Runnable setting : List.<Runnable>of(
                () -> server.tokenUrl(place),
                () -> server.authorizationUrl(place),
                () -> server.deviceUrl(place),
                () -> OAuthServer.at(place, place))) {
            String message =
                    assertThrows(IllegalArgumentException.class, setting::run).getMessage();
            assertFalse(String.valueOf(message).contains("hunter2"), message);
        }
    }

    @Test
    void scopeOfSeveralWords_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> OAuthServer.google().scopes(List.of("a b")));
        assertEquals(List.of("a"), OAuthServer.google().scopes(List.of("a")).scopes());
    }
}
