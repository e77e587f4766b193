package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.server.mail.EmailContent.Address;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EmailContentTest {
    private static final String LONG = "x".repeat(10_000);
    private static final String CUT = "x".repeat(319) + "\u2026";

    @Test
    void of_moreAddressesThanAreKept_countsThem() {
        EmailAddress ada = new EmailAddress("Ada", "ada@example.com");
        EmailContent content = EmailContent.of(SampleEmail.withAddresses(Collections.nCopies(103, ada)));
        assertEquals(Collections.nCopies(100, new Address("Ada", "ada@example.com")), content.to());
        assertEquals(6 * 3, content.addressesLeftOut());
        assertEquals(0, EmailContent.of(SampleEmail.withAddresses(List.of(ada))).addressesLeftOut());
    }

    @Test
    void of_moreAttachmentsThanAreKept_countsThem() {
        BodyPart[] parts = IntStream.range(0, 1_002)
                .mapToObj(i -> SampleEmail.attachment("" + i, i + ".png"))
                .toArray(BodyPart[]::new);
        EmailContent content = EmailContent.of(SampleEmail.withBody(parts));
        assertEquals(1_000, content.attachments().size());
        assertEquals("0.png", content.attachments().get(0).name());
        assertEquals(2, content.attachmentsLeftOut());
    }

    @Test
    void of_longNames_areCut() {
        EmailContent content = EmailContent.of(SampleEmail.withAddresses(List.of(new EmailAddress(LONG, LONG))));
        assertEquals(List.of(new Address(CUT, CUT)), content.from());
        EmailContent files = EmailContent.of(SampleEmail.withBody(SampleEmail.attachment("1", LONG)));
        assertEquals(CUT, files.attachments().get(0).name());
    }

    @Test
    void of_partsThatCannotBeNamed_areLeftOut() {
        BodyPart text = new BodyPart(LONG, "text/plain", null, null, null, null, 1, List.of());
        EmailContent content = EmailContent.of(SampleEmail.withBody(text, SampleEmail.attachment(LONG, null)));
        assertNull(content.text());
        assertEquals(1, content.attachmentsLeftOut());
    }

    @Test
    void of_theMostThereCanBe_isBoundedWhenWritten() {
        EmailContent content =
                EmailContent.of(SampleEmail.withAddresses(Collections.nCopies(5_000, new EmailAddress(LONG, LONG))));
        assertTrue(new ContentJson().write(content).length() < 500_000);
    }
}
