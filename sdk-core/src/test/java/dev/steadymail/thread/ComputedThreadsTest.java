package dev.steadymail.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.thread.ComputedThread.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RFC 5256 section 3, REFERENCES. An email is named by the letter of its Message-ID; depth is written as dots before it. */
class ComputedThreadsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<StoredEmail> emails = new ArrayList<>();

    @Test
    void answers_standBelowWhatTheyAnswer_oldestFirst() {
        email("a", "Hello");
        email("b", "Re: Hello", "a");
        email("c", "Re: Hello", "a");
        email("d", "Re: Hello", "a", "b");
        email("e", "Other");
        assertEquals(List.of("a .b ..d .c", "e"), threads());
    }

    @Test
    void anAnswerThatCameFirst_standsBelow() {
        email("d", "Re: Hello", "a", "b");
        email("b", "Re: Hello", "a");
        email("a", "Hello");
        assertEquals(List.of("a .b ..d"), threads());
    }

    /** Step 3: one that nobody has gives way to its children, unless it holds several together at the top. */
    @Test
    void missingEmails_giveWay() {
        email("c", "Re: Hello", "a", "b");
        email("d", "Re: Hello", "a", "b", "x");
        email("f", "Re: Other", "e");
        assertEquals(List.of("c d", "f"), threads());
    }

    /** Step 5: by subject, where what is answered is not named. */
    @Test
    void sameSubject_isOneThread() {
        email("a", "Hello");
        email("b", "Re: Hello");
        email("c", "[list] hello (fwd)");
        email("d", "Hello");
        email("e", "");
        email("f", "Re: ");
        assertEquals(List.of("a .b .c d", "e", "f"), threads());
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), byReferences());
    }

    @Test
    void threadsUnderMissingRoots_areJoinedBySubject() {
        email("b", "Re: Hello", "a");
        email("c", "Re: Hello", "a");
        email("e", "Re: Hello", "d");
        email("f", "Re: Hello", "d");
        email("g", "Hello");
        assertEquals(List.of("b c e f g"), threads());
    }

    /** Step 1.B: its own word counts more than what others left of their references. */
    @Test
    void ownReferences_breakALinkThatOthersMade() {
        email("c", "", "a", "b");
        email("b", "", "x");
        email("x", "");
        email("a", "");
        assertEquals(List.of("x .b ..c", "a"), threads());
    }

    @Test
    void loops_areNotMade() {
        email("a", "", "b");
        email("b", "", "a");
        email("c", "", "c");
        email("d", "", "d", "e", "d");
        assertEquals(Set.of("a", "b", "c", "d"), members());
    }

    @Test
    void sameMessageId_isAnotherEmail() {
        email("a", "");
        email("a", "");
        email("b", "", "a");
        assertEquals(List.of("a .b", "a"), threads());
    }

    @Test
    void date_isThatOfTheHeader_elseOfArrival() {
        add("a", "", null, NOON.minusSeconds(50), "r");
        add("b", "", null, NOON.minusSeconds(90), "r");
        add("c", "", null, null, "r");
        add("r", "", null, null);
        assertEquals(List.of("r .b .a .c"), threads());
    }

    @Test
    void whatTheProviderGroups_isGroupedSo() {
        add("a", "Hello", new ThreadId("1"), null);
        add("b", "Hello", new ThreadId("2"), null);
        add("c", "Other", new ThreadId("1"), null, "b");
        email("d", "Hello");
        assertEquals(List.of("a c", "b", "d"), threads());
    }

    @Test
    void emailWithoutAncestry_isAThreadOfItsOwn() {
        emails.add(new StoredEmail(
                "x", Email.state(new EmailId("x"), null, Set.of(new MailboxId("INBOX")), Set.of(), NOON, 1)));
        email("a", "Hello");
        ComputedThreads threads = ComputedThreads.of(emails.stream());
        assertEquals(2, threads.all().size());
        assertEquals(List.of(new Member("x", 0)), threads.of("x").orElseThrow().emails());
        assertTrue(threads.of("y").isEmpty());
    }

    /** Hostile mail: a line as long as there are emails, in either order. */
    @Test
    void longLines_needNeitherStackNorQuadraticTime() {
        for (int n = 0; n < 100_000; n++) {
            email("n" + n, "Re: n", "n" + (n - 1));
        }
        List<ComputedThread> all = ComputedThreads.of(emails.stream()).all();
        assertEquals(1, all.size());
        assertEquals(99_999, all.get(0).emails().get(99_999).depth());
        emails.clear();
        for (int n = 100_000; n > 0; n--) {
            email("n" + n, "Re: n", "n" + (n - 1));
        }
        assertEquals(1, ComputedThreads.of(emails.stream()).all().size());
    }

    /** Hostile mail: each names two that nobody has, so that those are a line with an email on each. */
    @Test
    void longLinesOfMissingEmails_needNoQuadraticTime() {
        for (int n = 1; n <= 200_000; n++) {
            email("n" + n, "", "d" + (n - 1), "d" + n);
        }
        ComputedThreads threads = ComputedThreads.of(emails.stream());
        assertEquals(1, threads.all().size());
        assertEquals(200_000, threads.all().get(0).emails().size());
    }

    /** Beyond what is looked at for a loop, what others said stays. */
    @Test
    void emailThatComesLastInALongLine_keepsItTogether() {
        for (int n = 0; n < 1_200; n++) {
            if (n != 1_100) {
                email("n" + n, "", "n" + (n - 1));
            }
        }
        email("n1100", "", "n1099");
        assertEquals(1, ComputedThreads.byReferences(emails.stream()).all().size());
    }

    /** Laws over random conversations, loops and doubles among them. */
    @Test
    void everyEmail_isInOneThread_andAnswersWhatStandsAbove() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            emails.clear();
            int count = 1 + random.nextInt(30);
            for (int n = 0; n < count; n++) {
                String[] references = new String[random.nextInt(4)];
                for (int i = 0; i < references.length; i++) {
                    references[i] = "m" + random.nextInt(count + 3);
                }
                add(
                        "m" + random.nextInt(count),
                        (random.nextBoolean() ? "Re: " : "") + "s" + random.nextInt(count),
                        null,
                        NOON.plusSeconds(random.nextInt(count)),
                        references);
            }
            checkLaws("seed " + seed, ComputedThreads.of(emails.stream()));
            checkLaws("seed " + seed, ComputedThreads.byReferences(emails.stream()));
        }
    }

    private void checkLaws(String seed, ComputedThreads threads) {
        List<String> ids = threads.all().stream()
                .flatMap(thread -> thread.emails().stream())
                .map(Member::id)
                .sorted()
                .toList();
        assertEquals(emails.stream().map(StoredEmail::id).sorted().toList(), ids, seed);
        for (ComputedThread thread : threads.all()) {
            assertEquals(0, thread.emails().get(0).depth(), seed);
            for (int i = 0; i < thread.emails().size(); i++) {
                Member member = thread.emails().get(i);
                int most = i == 0 ? 0 : thread.emails().get(i - 1).depth() + 1;
                assertTrue(member.depth() <= most, seed);
                assertEquals(thread, threads.of(member.id()).orElseThrow(), seed);
            }
        }
    }

    private void email(String name, String subject, String... references) {
        add(name, subject, null, null, references);
    }

    private void add(
            String name, String subject, @Nullable ThreadId thread, @Nullable Instant sentAt, String... references) {
        String named = List.of(references).stream()
                .map(reference -> "<" + reference + "@example.com>")
                .collect(Collectors.joining(" "));
        Envelope envelope = new Envelope(
                subject,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "<" + name + "@example.com>",
                null,
                named,
                sentAt);
        int number = emails.size();
        emails.add(new StoredEmail(
                String.format("%06d%s", number, name),
                Email.state(
                                new EmailId("i" + number),
                                thread,
                                Set.of(new MailboxId("INBOX")),
                                Set.of(),
                                NOON.plusSeconds(number),
                                1)
                        .withAncestry(Ancestry.of(envelope))));
    }

    private List<String> threads() {
        return written(ComputedThreads.of(emails.stream()));
    }

    private List<String> byReferences() {
        return written(ComputedThreads.byReferences(emails.stream()));
    }

    private static List<String> written(ComputedThreads threads) {
        return threads.all().stream()
                .map(thread -> thread.emails().stream()
                        .map(member -> ".".repeat(member.depth()) + member.id().substring(6))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private Set<String> members() {
        Set<String> members = new TreeSet<>();
        threads()
                .forEach(
                        thread -> members.addAll(List.of(thread.replace(".", "").split(" "))));
        return members;
    }
}
