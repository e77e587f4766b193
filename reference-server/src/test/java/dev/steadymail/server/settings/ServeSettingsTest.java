package dev.steadymail.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.folder.StartException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServeSettingsTest {
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String JWT = "kZ0b7Jx2Vq9Lr4Tn8Yw3Hd6Mf1Pc5Sg0";
    private static final String REFRESH = "Qe7Uo2Ai9Xs4Dk8Gz1Bv5Nm3Rt6Wp0Lj";
    private static final String HEALTH = "v8Kq2Zr5Wn7Yt1Xp";

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "DATABASE_URL", "postgresql://ada:pw@127.0.0.1/mail",
            "JWT_SECRET", JWT,
            "JWT_REFRESH_SECRET", REFRESH,
            "ENCRYPTION_KEY", KEY));

    /** The value, what the fault begins with, and what its remedy holds. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATABASE_URL | '' | there is no database | --embedded",
                "DATABASE_URL | mysql://ada:hunter2@db/mail | DATABASE_URL is not of the form | postgresql://",
                "DATABASE_URL | postgresql://ada:hunter2@db/mail | DATABASE_URL leads across a network without TLS | sslmode=",
                "DATABASE_URL | postgresql://ada:hunter2@db/mail?sslmode=prefer | DATABASE_URL leads across | sslmode=",
                "DIRECT_URL | postgresql://ada:hunter2@db/mail | DIRECT_URL leads across | sslmode=",
                "DIRECT_URL | hunter2 | DIRECT_URL is not of the form | postgresql://",
                "DATABASE_READ_URL | postgresql://ada:hunter2@db/mail | DATABASE_READ_URL leads across | sslmode=",
                "DATABASE_READ_URL | postgresql://ada:hunter2%@db/mail | USER or PASSWORD in DATABASE_READ_URL | %25",
                "DB_MAX_CONNECTIONS | hunter2 | DB_MAX_CONNECTIONS must be a whole number between 2 and 1000 | unset it",
                "DB_MAX_CONNECTIONS | 1 | DB_MAX_CONNECTIONS must be | unset it",
                "DB_MAX_CONNECTIONS | 99999999999999999999 | DB_MAX_CONNECTIONS must be | unset it",
                "DB_MIN_CONNECTIONS | 21 | DB_MIN_CONNECTIONS must not be above DB_MAX_CONNECTIONS | lower one",
                "REDIS_URL | http://hunter2@cache | REDIS_URL is not of the form | unset it",
                "REDIS_URL | redis://:hunter2@cache | REDIS_URL leads across a network without TLS | rediss://",
                "REDIS_HOST | cache | REDIS_HOST leads across a network without TLS | rediss://",
                "REDIS_HOST | hunter2@x/y | REDIS_HOST must be the name | unset it",
                "JWT_SECRET | '' | JWT_SECRET is missing | steadymail secrets",
                "JWT_SECRET | hunter2 | JWT_SECRET must be at least 32 bytes | steadymail secrets",
                "JWT_SECRET | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | JWT_SECRET repeats | steadymail secrets",
                "JWT_SECRET | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= | JWT_SECRET repeats | steadymail secrets",
                "JWT_SECRET | BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc= | JWT_SECRET repeats | steadymail secrets",
                "JWT_SECRET | hunter2hunter2hunter2hunter2hunter2hunter2 | JWT_SECRET repeats | steadymail secrets",
                "JWT_SECRET | hunter2-my-super-SECRET-jwt-key-0123456 | JWT_SECRET holds a word of samples | steadymail",
                "JWT_SECRET | Y2hhbmdlbWUtaHVudGVyMi1jaGFuZ2VtZS1odW50ZXIyLWNoYW5nZW1l | JWT_SECRET holds a word | steadymail",
                "JWT_REFRESH_SECRET | '' | JWT_REFRESH_SECRET is missing | steadymail secrets",
                "JWT_REFRESH_SECRET | " + JWT + " | JWT_REFRESH_SECRET is the same as JWT_SECRET | steadymail secrets",
                "ENCRYPTION_KEY | '' | ENCRYPTION_KEY is missing | steadymail secrets",
                "ENCRYPTION_KEY | hunter2 | ENCRYPTION_KEY must be 32 bytes | openssl",
                "GOOGLE_CLIENT_ID | hunter2 | GOOGLE_CLIENT_SECRET is missing | unset the other",
                "GOOGLE_CLIENT_SECRET | hunter2 | GOOGLE_CLIENT_ID is missing | unset the other",
                "HEALTH_API_KEY | hunter2 | HEALTH_API_KEY must be at least 16 characters | steadymail secrets",
                "HEALTH_API_KEY | hunter2 hunter2 hunter3 | HEALTH_API_KEY must be | steadymail secrets",
                "HEALTH_API_KEY | " + HEALTH + ", | HEALTH_API_KEY must be | steadymail secrets",
                "HEALTH_API_KEY | hunter2hunter2hunter2 | HEALTH_API_KEY repeats | steadymail secrets",
                "HEALTH_API_KEY | v8Kq2Zr5Wn7Yt1X1,v8Kq2Zr5Wn7Yt1X2,v8Kq2Zr5Wn7Yt1X3 | HEALTH_API_KEY has more than two | replaces",
                "PUBLIC_URL | http://mail.example.com | PUBLIC_URL must begin with https:// | proxy",
                "PUBLIC_URL | ftp://hunter2 | PUBLIC_URL must be https://HOST | unset it",
                "PUBLIC_URL | https://ada:hunter2@mail.example.com | PUBLIC_URL must be https://HOST | unset it",
                "PUBLIC_URL | https://mail.example.com/?q=hunter2 | PUBLIC_URL must be https://HOST | unset it",
                "PUBLIC_URL | hunter2 ^ | PUBLIC_URL must be https://HOST | unset it",
                "CACHE_TTL | hunter2 | CACHE_TTL must be a number of seconds or a duration | unset it",
                "CACHE_TTL | 0 | CACHE_TTL must be | unset it",
                "CACHE_TTL | 25h | CACHE_TTL must be | unset it",
                "LOG_LEVEL | hunter2 | LOG_LEVEL must be error, warn, info, debug or trace | unset it",
                "PORT | 65536 | PORT must be a whole number between 0 and 65535 | unset it",
                "PORT | -1 | PORT must be | unset it",
                "TRUSTED_PROXIES | hunter2 | TRUSTED_PROXIES must list networks | unset it",
                "TRUSTED_PROXIES | proxy.example.com/24 | TRUSTED_PROXIES must list networks | unset it",
                "TRUSTED_PROXIES | 0.0.0.0/0 | TRUSTED_PROXIES must list networks | unset it",
                "TRUSTED_PROXIES | 10.0.0.0/33 | TRUSTED_PROXIES must list networks | unset it",
                "TRUSTED_PROXIES | 10.0.0.0/8,,127.0.0.0/8 | TRUSTED_PROXIES must list networks | unset it",
            })
    void external_oneWrongSetting_isTheOneFault(String name, String value, String fault, String remedy) {
        environment.put(name, value);

        String told = faults();

        assertEquals(1, told.lines().count(), told);
        assertTrue(told.startsWith(fault), told);
        assertTrue(told.contains(remedy), told);
        // A number may be one of the bounds.
        assertFalse(!value.isEmpty() && !value.matches("[0-9]+") && told.contains(value), told);
        assertFalse(told.contains("hunter2"), told);
    }

    @Test
    void external_everythingWrong_isToldAtOnceAndNotRepeated() {
        environment.clear();
        for (String name : List.of(
                "DATABASE_URL",
                "DIRECT_URL",
                "DATABASE_READ_URL",
                "REDIS_URL",
                "JWT_SECRET",
                "JWT_REFRESH_SECRET",
                "ENCRYPTION_KEY",
                "GOOGLE_CLIENT_ID",
                "HEALTH_API_KEY",
                "PUBLIC_URL",
                "CACHE_TTL",
                "LOG_LEVEL",
                "TRUSTED_PROXIES",
                "PORT",
                "DB_MAX_CONNECTIONS",
                "DB_MIN_CONNECTIONS")) {
            environment.put(name, "hunter2");
        }

        String told = faults();

        assertEquals(
                environment.size(),
                told.lines().filter(line -> line.startsWith("- ")).count(),
                told);
        assertTrue(told.startsWith(environment.size() + " settings"), told);
        environment
                .keySet()
                .forEach(name -> assertTrue(told.contains(name.replace("GOOGLE_CLIENT_ID", "GOOGLE_")), name));
        assertFalse(told.contains("hunter2"), told);
    }

    @Test
    void external_theLeast_hasNoMoreThanThat() {
        ServeSettings settings = ServeSettings.external(environment);

        assertEquals(OptionalInt.empty(), settings.port());
        assertEquals(Map.of(), settings.logging());
        assertEquals(
                Map.of(
                        "spring.datasource.url",
                        "jdbc:postgresql://127.0.0.1/mail",
                        "spring.datasource.username",
                        "ada",
                        "spring.datasource.password",
                        "pw",
                        "steadymail.jwt.secret",
                        base64(JWT),
                        "steadymail.jwt.refresh-secret",
                        base64(REFRESH),
                        "steadymail.accounts.encryption-key",
                        KEY),
                settings.properties());
    }

    @Test
    void external_everythingSet_isUnderTheNamesOfTheService() {
        environment.putAll(Map.of(
                "DATABASE_URL", "postgresql://app:a@db.example.com/mail?sslmode=verify-full",
                "DIRECT_URL", "jdbc:postgresql://db.example.com:5433/mail?user=owner&password=b&sslmode=require",
                "DATABASE_READ_URL", "postgresql://app:c@replica.example.com/mail?sslmode=verify-ca",
                "DB_MAX_CONNECTIONS", "40",
                "REDIS_HOST", "127.0.0.1",
                "REDIS_PASSWORD", "p^ +d",
                "HEALTH_API_KEY", HEALTH + ", w8Kq2Zr5Wn7Yt1Xp",
                "PUBLIC_URL", "https://mail.example.com/",
                "TRUSTED_PROXIES", "10.0.0.7, fd00::/8"));
        environment.putAll(Map.of(
                "GOOGLE_CLIENT_ID", "id",
                "GOOGLE_CLIENT_SECRET", "x7-google",
                "CACHE_TTL", "90",
                "LOG_LEVEL", "ERROR",
                "PORT", "8081"));

        ServeSettings settings = ServeSettings.external(environment);

        Map<String, Object> expected = new HashMap<>(Map.of(
                "spring.flyway.url", "jdbc:postgresql://db.example.com:5433/mail?sslmode=require",
                "spring.flyway.user", "owner",
                "spring.flyway.password", "b",
                "steadymail.database.read-url", "jdbc:postgresql://replica.example.com/mail?sslmode=verify-ca",
                "steadymail.database.read-username", "app",
                "steadymail.database.read-password", "c",
                "spring.datasource.hikari.maximum-pool-size", 40,
                "spring.datasource.hikari.minimum-idle", 5,
                "steadymail.redis.url", "redis://:p%5E%20%2Bd@127.0.0.1:6379"));
        expected.putAll(Map.of(
                "steadymail.health.api-keys", HEALTH + ",w8Kq2Zr5Wn7Yt1Xp",
                "steadymail.public-url", "https://mail.example.com",
                "steadymail.google.client-id", "id",
                "steadymail.google.client-secret", "x7-google",
                "steadymail.cache.ttl", "PT1M30S",
                "server.forward-headers-strategy", "native",
                "server.tomcat.remoteip.internal-proxies", "10.0.0.7/32,fd00::/8"));
        expected.forEach(
                (name, value) -> assertEquals(value, settings.properties().get(name), name));
        assertEquals(
                Map.of("logging.level.dev.steadymail", "error", "logging.level.root", "error"), settings.logging());
        assertEquals(OptionalInt.of(8081), settings.port());
        String shown = settings + String.join("\n", settings.lines());
        assertTrue(List.of(HEALTH, "x7-google", JWT, KEY, "p^").stream().noneMatch(shown::contains), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080", "https://a.example:8443"})
    void external_publicUrl_mayBePlainOnThisMachine(String url) {
        environment.put("PUBLIC_URL", url);
        assertEquals(url, ServeSettings.external(environment).properties().get("steadymail.public-url"));
    }

    @Test
    void external_secretInBase64_isItsBytes() {
        String secret = base64(JWT + "more");
        environment.put("JWT_SECRET", secret);
        assertEquals(secret, ServeSettings.external(environment).properties().get("steadymail.jwt.secret"));
    }

    /** Kubernetes sets this for a service called redis. */
    @Test
    void external_redisPortWithoutHost_isNotOurs() {
        environment.put("REDIS_PORT", "tcp://10.0.0.1:6379");
        assertFalse(ServeSettings.external(environment).properties().containsKey("steadymail.redis.url"));
    }

    @Test
    void embedded_servicesAndSecretsOfOthers_arePassedOver() {
        environment.put("DATABASE_URL", "hunter2");
        environment.put("JWT_SECRET", "hunter2");
        assertEquals(Map.of(), ServeSettings.embedded(environment).properties());
        environment.put("HEALTH_API_KEY", "hunter2");
        assertThrows(StartException.class, () -> ServeSettings.embedded(environment));
    }

    private String faults() {
        StartException refusal = assertThrows(StartException.class, () -> ServeSettings.external(environment));
        assertEquals(2, refusal.exitCode());
        return String.valueOf(refusal.getMessage());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
