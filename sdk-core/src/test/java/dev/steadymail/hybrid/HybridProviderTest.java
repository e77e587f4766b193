package dev.steadymail.hybrid;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.provider.MailProvider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HybridProviderTest {
    /** A default method that is not passed on would answer for a provider that can do better. */
    @Test
    void everyMethodOfTheSpi_isPassedOn() {
        List<Method> methods = Arrays.stream(MailProvider.class.getMethods())
                .filter(method -> method.getDeclaringClass() != AutoCloseable.class)
                .toList();
        for (Method method : methods) {
            Method own = assertDoesNotThrow(
                    () -> HybridProvider.class.getMethod(method.getName(), method.getParameterTypes()));
            assertFalse(own.getDeclaringClass().isInterface(), method.getName());
        }
    }

    @Test
    void options_areChecked() {
        assertThrows(IllegalArgumentException.class, () -> HybridOptions.DEFAULT.withDailyBytes(999_999));
        assertThrows(IllegalArgumentException.class, () -> HybridOptions.DEFAULT.withMinEmails(0));
        assertThrows(IllegalArgumentException.class, () -> HybridOptions.DEFAULT.withSample(101));
    }
}
