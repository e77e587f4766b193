package dev.steadymail.server.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

final class HealthKeysTest {
    @ParameterizedTest
    @CsvSource({
        // no key is set: who asks from this machine, and not through a proxy
        "'', 127.0.0.1, , , true",
        "'', 0:0:0:0:0:0:0:1, , , true",
        "'', 127.0.0.1, anything, , true",
        "'', 192.0.2.7, , , false",
        "'', 192.0.2.7, anything, , false",
        "'', 127.0.0.1, , 192.0.2.7, false",
        // one key
        "new-key, 192.0.2.7, new-key, 192.0.2.9, true",
        "new-key, 192.0.2.7, new-kez, , false",
        "new-key, 192.0.2.7, new-ke, , false",
        "new-key, 192.0.2.7, '', , false",
        "new-key, 127.0.0.1, , , false",
        // two, while one replaces the other
        "'new-key,old-key', 192.0.2.7, old-key, , true",
        "'new-key,old-key', 192.0.2.7, new-key, , true",
        "'new-key,old-key', 192.0.2.7, 'new-key,old-key', , false",
    })
    void areOpenTo_keyOrPlace_decides(
            String keys, String address, @Nullable String key, @Nullable String forwarded, boolean expected) {
        List<String> list = keys.isEmpty() ? List.of() : Arrays.asList(keys.split(","));
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        if (key != null) {
            request.addHeader("X-Health-Api-Key", key);
        }
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }
        assertEquals(expected, new HealthKeys(new HealthSettings(list, Duration.ZERO)).areOpenTo(request));
    }
}
