package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.steadymail.server.mail.EmailContent.Address;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContentJsonTest {
    private final ContentJson json = new ContentJson();

    @Test
    void read_whatANewerVersionWrote_passesOverItsFields() {
        EmailContent content =
                json.read("{\"from\":[{\"address\":\"ada@example.com\",\"since\":1}],\"labels\":{\"a\":[]}}");
        assertEquals(List.of(new Address(null, "ada@example.com")), content.from());
    }

    @Test
    void read_whatAnOlderVersionWrote_isEmptyWhereItIsMissing() {
        EmailContent content = json.read("{\"to\":null}");
        assertEquals(List.of(), content.to());
        assertEquals(List.of(), content.attachments());
        assertEquals(0, content.attachmentsLeftOut());
        assertNull(content.messageId());
        assertNull(content.text());
    }
}
