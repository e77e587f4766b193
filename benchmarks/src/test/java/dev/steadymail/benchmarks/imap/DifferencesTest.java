package dev.steadymail.benchmarks.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Keyword;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final EmailAddress ANN = new EmailAddress("Ann", "ann@example.org");
    private static final EmailAddress BOB = new EmailAddress(null, "bob@example.org");
    private static final BodyPart TEXT = part("1", "text/plain");
    private static final int FIELDS_WITHOUT_LISTS = 14;
    private static final int FIELDS_OF_AN_ADDRESS = 2;
    private static final int FIELDS_OF_A_PART = 7;

    private final Differences differences = new Differences(false);

    @Test
    void compare_equalMessages_countsEveryField() {
        compare(message(10, List.of(ANN, BOB), TEXT), message(10, List.of(ANN, BOB), TEXT));
        int fields = FIELDS_WITHOUT_LISTS + 2 * FIELDS_OF_AN_ADDRESS + FIELDS_OF_A_PART;
        assertEquals(
                List.of("total messages 1", "total fields " + fields, "total equal " + fields),
                printed().subList(0, 3));
        assertEquals(5, printed().size());
    }

    @Test
    void compare_otherValues_areToldByFieldAndPlaceWithoutContent() {
        compare(message(10, List.of(ANN), TEXT), message(11, List.of(BOB), part("1", "text/html")));
        assertEquals(
                List.of(
                        "unexplained from: address 1 INBOX 3",
                        "unexplained from: name 1 INBOX 3",
                        "unexplained part: type 1 INBOX 3",
                        "unexplained size 1 INBOX 3"),
                printed().subList(5, 9));
        assertEquals(9, printed().size());
    }

    @Test
    void compare_unequalListsAndTrees_differInTheirLengthAndShape() {
        BodyPart mixed = new BodyPart("", "multipart/mixed", null, null, null, null, -1, List.of(TEXT, TEXT));
        compare(message(10, List.of(ANN, BOB), mixed), message(10, List.of(BOB), TEXT));
        assertEquals(
                List.of("unexplained from: count 1 INBOX 3", "unexplained structure: shape 1 INBOX 3"),
                printed().subList(5, 7));
        assertEquals(7, printed().size());
    }

    private void compare(ComparedMessage own, ComparedMessage angus) {
        differences.compare("INBOX 3", own.fields(), angus.fields());
    }

    private List<String> printed() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        differences.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return Arrays.stream(printed.toString(StandardCharsets.UTF_8).split("\\R", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> line.replace('\t', ' '))
                .toList();
    }

    private static BodyPart part(String number, String type) {
        return new BodyPart(number, type, null, null, null, null, 5, List.of());
    }

    private static ComparedMessage message(long size, List<EmailAddress> from, BodyPart body) {
        List<EmailAddress> none = List.of();
        return new ComparedMessage(
                3,
                size,
                Instant.EPOCH,
                Set.of(Keyword.SEEN),
                new Envelope("Hello", from, none, none, none, none, none, "<m@x>", null, Instant.EPOCH),
                body);
    }
}
