package dev.steadymail.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String PERSONAL = "ada@example.com said hunter2";

    @ParameterizedTest
    @CsvSource({
        "400,invalid_grant,REAUTH_REQUIRED,log in again",
        "400,interaction_required,REAUTH_REQUIRED,log in again",
        "400,login_required,REAUTH_REQUIRED,log in again",
        "400,consent_required,REAUTH_REQUIRED,log in again",
        "400,expired_token,REAUTH_REQUIRED,start again",
        "401,invalid_client,FORBIDDEN,client secret",
        "401,deleted_client,FORBIDDEN,client secret",
        "403,disabled_client,FORBIDDEN,client secret",
        "400,unauthorized_client,FORBIDDEN,delegation",
        "403,access_denied,FORBIDDEN,consent was refused",
        "400,authorization_declined,FORBIDDEN,consent was refused",
        "400,admin_policy_enforced,FORBIDDEN,administrator",
        "403,org_internal,FORBIDDEN,administrator",
        "400,invalid_scope,FORBIDDEN,scopes",
        "400,invalid_request,INVALID,check",
        "400,unsupported_grant_type,INVALID,check",
        "400,redirect_uri_mismatch,INVALID,redirect",
        "400,server_error,UNAVAILABLE,later",
        "400,temporarily_unavailable,UNAVAILABLE,later",
        "500,invalid_grant,UNAVAILABLE,later",
        "503,'',UNAVAILABLE,later",
        "429,'',THROTTLED,later",
        "429,invalid_grant,THROTTLED,later",
        "403,rate_limit_exceeded,THROTTLED,fewer processes",
        "403,'',THROTTLED,fewer processes",
        "408,'',TIMEOUT,later",
        "401,'',FORBIDDEN,client id",
        "404,'',INVALID,URL",
        "400,something_new,INVALID,check",
        "302,'',PROTOCOL,URL",
    })
    void everyRefusal_hasItsKindAndARemedy(int status, String error, Kind kind, String remedy) {
        MailException refusal = refusal(status, error, PERSONAL);
        String message = String.valueOf(refusal.getMessage());
        assertEquals(kind, refusal.kind());
        assertTrue(message.contains(remedy), message);
        assertFalse(message.contains("ada@") || message.contains("hunter2"), message);
        assertEquals(
                error.isEmpty() ? "" + status : status + " " + error,
                refusal.providerCode().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_grant,AADSTS50076,REAUTH_REQUIRED,second factor",
        "interaction_required,AADSTS50079,REAUTH_REQUIRED,second factor",
        "invalid_grant,AADSTS53003,REAUTH_REQUIRED,administrator",
        "access_denied,AADSTS53000,FORBIDDEN,administrator",
        "invalid_grant,AADSTS65001,REAUTH_REQUIRED,consent is missing",
        "invalid_grant,AADSTS700082,REAUTH_REQUIRED,has ended",
        "invalid_client,AADSTS7000215,FORBIDDEN,client secret",
        "invalid_client,AADSTS7000218,FORBIDDEN,public client flows",
        "unauthorized_client,AADSTS700016,FORBIDDEN,tenant",
        "access_denied,AADSTS90094,FORBIDDEN,administrator",
        "invalid_grant,AADSTS999999,REAUTH_REQUIRED,log in again",
    })
    void microsoftsNumber_saysMoreThanTheCode(String error, String number, Kind kind, String remedy) {
        MailException refusal = refusal(400, error, number + ": " + PERSONAL);
        assertEquals(kind, refusal.kind());
        assertTrue(String.valueOf(refusal.getMessage()).contains(remedy), refusal::getMessage);
        assertEquals("400 " + error + " " + number, refusal.providerCode().orElseThrow());
    }

    @Test
    void passingTrouble_saysUntilWhen() {
        MailException throttled = Refusals.of("x", new Answer(429, Map.of(), "30"), NOW);
        assertEquals(NOW.plusSeconds(30), throttled.retryAt().orElseThrow());
        MailException refused = Refusals.of("x", new Answer(400, Map.of("error", "invalid_grant"), "30"), NOW);
        assertTrue(refused.retryAt().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "x y", "<script>", ""})
    void codeThatIsNone_isNotRepeated(String error) {
        assertEquals("400", refusal(400, error, "").providerCode().orElseThrow());
        MailException redirected = Refusals.redirected(error, PERSONAL);
        assertFalse(String.valueOf(redirected.getMessage()).contains("ada@"), redirected::getMessage);
        assertFalse(String.valueOf(redirected.getMessage()).contains("script"), redirected::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied,FORBIDDEN",
        "admin_policy_enforced,FORBIDDEN",
        "interaction_required,REAUTH_REQUIRED",
        "invalid_scope,FORBIDDEN",
        "server_error,UNAVAILABLE",
        "invalid_request,INVALID",
        "another,INVALID",
    })
    void redirectedRefusal_hasItsKind(String error, Kind kind) {
        assertEquals(kind, Refusals.redirected(error, PERSONAL).kind());
    }

    private static MailException refusal(int status, String error, String description) {
        return Refusals.of(
                "the token refresh",
                new Answer(status, Map.of("error", error, "error_description", description), null),
                NOW);
    }
}
