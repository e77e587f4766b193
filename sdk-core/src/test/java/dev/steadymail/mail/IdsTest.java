package dev.steadymail.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final List<Function<String, Object>> TYPES =
            List.of(AccountId::new, BlobId::new, EmailId::new, MailboxId::new, ThreadId::new);

    @Test
    void everyId_isComparedByValue() {
        TYPES.forEach(type -> assertEquals(type.apply("1"), type.apply("1")));
    }

    @Test
    void everyId_refusesBlankAndTooLong() {
        for (Function<String, Object> type : TYPES) {
            assertThrows(IllegalArgumentException.class, () -> type.apply(""));
            assertThrows(IllegalArgumentException.class, () -> type.apply(" \t"));
            assertThrows(IllegalArgumentException.class, () -> type.apply("x".repeat(2_049)));
        }
    }

    @Test
    void refusal_tellsRuleAndLengthButNotTheValue() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new EmailId("secret ".repeat(500)));
        assertEquals("EmailId must have 1 to 2048 characters and not be blank, had 3500", refused.getMessage());
    }
}
