package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EmailTagTest {
    private static final UUID ID = UUID.randomUUID();
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    @Test
    void tag_isOfTheState_notOfItsOrder() {
        String tag = EmailTag.of(ID, List.of("$seen", "work"), List.of(ONE, OTHER));
        assertEquals(tag, EmailTag.of(ID, List.of("work", "$seen"), List.of(OTHER, ONE)));
        assertNotEquals(tag, EmailTag.of(ID, List.of("work"), List.of(ONE, OTHER)));
        assertNotEquals(tag, EmailTag.of(ID, List.of("$seen", "work"), List.of(ONE)));
        assertNotEquals(tag, EmailTag.of(OTHER, List.of("$seen", "work"), List.of(ONE, OTHER)));
        assertEquals(24, tag.length());
    }
}
