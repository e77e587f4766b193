package dev.steadymail.testkit.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.content.Content;
import dev.steadymail.content.ContentOptions;
import dev.steadymail.content.ContentPolicy;
import dev.steadymail.content.ContentReport;
import dev.steadymail.content.ContentSink;
import dev.steadymail.content.Wanted;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.PartRange;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.testkit.memory.InMemoryContentSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What cannot be read or kept is parked, the others go on, nothing is kept half, and the next run reads only the rest. */
class ContentFailureTest extends ContentTestCase {
    private static final ContentOptions PARTS = ALL_TEXT.withWanted(Wanted.EVERY_PART);

    @Test
    void sinkThatFails_parksThatEmail_andTheNextRunKeepsIt() {
        List<EmailId> ids = deliver(5, 10);
        sink.failNext(1, new IOException("disk at /home/ada is full"));
        ContentReport report = run(ALL_TEXT);
        assertEquals(List.of(4L, 1L), List.of(report.stored(), report.parked()));
        assertEquals(ids.get(0), sink.parked().get(0).id());
        assertTrue(report.reasons().get(0).reason().startsWith("STORAGE: the sink failed with IOException"));
        assertEquals(List.of(1L, 4L), counts(run(ALL_TEXT)));
        assertEquals(ids.get(0), sink.completed().get(4));
    }

    @Test
    void sinkThatFailsThreeTimesInARow_endsTheRun() {
        deliver(5, 10);
        sink.failNext(3, new IOException("full"));
        assertKind(Kind.STORAGE, ALL_TEXT);
        assertEquals(3, sink.parked().size());
        assertEquals(
                List.of(3L, 0L),
                counts(run(ALL_TEXT.withPolicy(ContentPolicy.newest(3)))),
                "after the disk was cleared");
    }

    @Test
    void sinkThatFailsForWholeMessages_parksThem() {
        deliver(5, 10);
        sink.failNext(2, new IOException("full"));
        assertEquals(List.of(3L, 0L), counts(run(ALL_TEXT.withWholeUpTo(-1))));
        assertEquals(2, sink.parked().size());
    }

    @Test
    void unreadableEmail_isParked() {
        deliver(3, 10);
        server.makeUnreadable("<m2@samples.example>", MailException.of(Kind.PROTOCOL, "cannot be read"));
        for (ContentOptions options : List.of(ALL_TEXT, ALL_TEXT.withWholeUpTo(-1))) {
            InMemoryContentSink fresh = new InMemoryContentSink();
            ContentReport report = mail.content(fresh, options).run(progress -> {});
            assertEquals(List.of(2L, 0L, 1L), List.of(report.stored(), report.gone(), report.parked()));
            assertEquals(3, report.done());
        }
    }

    /** The first email spoils the answer for all and its own; the second is gone. */
    @Test
    void emailsThatFailWhenAskedForAlone_areCountedOnce() {
        deliver(3, 10);
        AtomicInteger asked = new AtomicInteger();
        account.before(call -> {
            int time = call.equals("get") ? asked.incrementAndGet() : 0;
            if (time == 1 || time == 2) {
                throw MailException.of(Kind.PROTOCOL, "cannot be read");
            }
            if (time == 3) {
                throw MailException.of(Kind.NOT_FOUND, "gone");
            }
        });
        ContentReport report = run(ALL_TEXT);
        assertEquals(List.of(1L, 1L, 1L), List.of(report.stored(), report.gone(), report.parked()));
    }

    @Test
    void sinkThatFailsWhenToldOfAParkedEmail_doesNotEndTheRun() {
        deliver(5, 10);
        ContentSink deaf = new DeafSink(sink);
        sink.failNext(2, new IOException("full"));
        ContentReport report = mail.content(deaf, ALL_TEXT).run(progress -> {});
        assertEquals(List.of(3L, 2L), List.of(report.stored(), report.parked()));
    }

    @Test
    void wholeMessageOfWrongLength_thenGone_isGone() {
        List<EmailId> ids = deliver(3, 10);
        ContentOptions whole = ALL_TEXT.withWanted(Wanted.MESSAGE);
        for (boolean fetched : new boolean[] {true, false}) {
            String key = fetched ? "<m1@samples.example>" : "<m2@samples.example>";
            cutMessages(1, () -> server.remove(key));
            if (fetched) {
                assertKind(Kind.NOT_FOUND, () -> fetcher(whole).fetch(ids.get(0)));
                assertEquals(List.of(), sink.completed());
            } else {
                ContentReport report = run(whole);
                assertEquals(List.of(1L, 1L, 0L), List.of(report.stored(), report.gone(), report.parked()));
            }
        }
    }

    @Test
    void wholeMessageOfWrongLength_thenBroken_isParked() {
        List<EmailId> ids = deliver(3, 10);
        ContentOptions whole = ALL_TEXT.withWanted(Wanted.MESSAGE);
        Runnable broken = () -> {
            throw MailException.of(Kind.NETWORK, "cut");
        };
        cutMessages(1, broken);
        ContentReport report = run(whole);
        assertEquals(List.of(2L, 0L, 1L), List.of(report.stored(), report.gone(), report.parked()));
        assertEquals(ids.get(0), sink.parked().get(0).id());
        assertTrue(report.reasons().get(0).reason().startsWith("PROTOCOL: "));
        cutMessages(1, broken);
        assertKind(Kind.NETWORK, () -> fetcher(whole).fetch(ids.get(0)));
    }

    /** Cuts the next whole messages to come, and does something before they are asked for once more. */
    private void cutMessages(int messages, Runnable beforeTheSecondTime) {
        AtomicInteger cut = new AtomicInteger(messages);
        account.changeMessages(octets -> cut.getAndDecrement() > 0 ? new ByteArrayInputStream(new byte[1]) : octets);
        AtomicInteger asked = new AtomicInteger();
        account.before(call -> {
            if (call.equals("raw") && asked.incrementAndGet() == 2) {
                beforeTheSecondTime.run();
            }
        });
    }

    @Test
    void goneEmail_isCounted() {
        List<EmailId> ids = deliver(3, 10);
        account.before(call -> {
            if (call.equals("get")) {
                server.remove("<m2@samples.example>");
            }
        });
        ContentReport report = run(ALL_TEXT);
        assertEquals(List.of(2L, 1L, 0L), List.of(report.stored(), report.gone(), report.parked()));
        assertKind(Kind.NOT_FOUND, () -> fetcher(ALL_TEXT).fetch(ids.get(1)));
    }

    @Test
    void lengthThatIsNotTheToldOne_isReadTwice_andNothingIsKept() {
        List<EmailId> ids = deliver(1, 1_000_000);
        for (int lie : new int[] {-1, 1, 600_000}) {
            account.forgetCalls();
            account.changeRanges(range -> PartRange.of(range.encoding(), range.size() + lie, bytes(range)));
            ContentReport report = run(PARTS.withWanted(Wanted.EVERY_PART));
            assertEquals(List.of(0L, 1L), List.of(report.stored(), report.parked()), () -> "told " + lie + " more");
            assertTrue(report.reasons().get(0).reason().startsWith("PROTOCOL: the server told of"));
            assertEquals(List.of(), sink.parts(ids.get(0)));
            assertEquals(2, account.calls("range"), "the first part, twice");
            assertKind(Kind.PROTOCOL, () -> fetcher(PARTS).fetch(ids.get(0)));
        }
    }

    @Test
    void lengthThatIsRightTheSecondTime_isKept() {
        deliver(1, 10);
        AtomicInteger lies = new AtomicInteger(1);
        account.changeRanges(range ->
                lies.getAndDecrement() > 0 ? PartRange.of(range.encoding(), range.size() + 1, bytes(range)) : range);
        assertEquals(1, run(ALL_TEXT).stored());
    }

    @Test
    void runThatIsCutAtAnyCall_isFinishedByTheNext_andNothingIsReadTwice() {
        List<EmailId> ids = deliver(4, 1_000_000);
        for (ContentOptions options : List.of(PARTS, ALL_TEXT.withWholeUpTo(-1), ALL_TEXT.withWanted(Wanted.MESSAGE))) {
            int calls = cutAt(Integer.MAX_VALUE, options, ids);
            for (int call = 0; call < calls; call++) {
                assertEquals(call, cutAt(call, options, ids));
            }
        }
    }

    /** Runs with a failure at a call, runs again, and answers how many calls went well before. */
    private int cutAt(int failing, ContentOptions options, List<EmailId> ids) {
        InMemoryContentSink fresh = new InMemoryContentSink();
        AtomicInteger calls = new AtomicInteger();
        account.before(name -> {
            if (calls.getAndIncrement() == failing) {
                throw MailException.of(Kind.AUTH, "refused");
            }
        });
        long written = 0;
        try {
            written = mail.content(fresh, options).run(progress -> {}).contents();
        } catch (MailException cut) {
            assertEquals(Kind.AUTH, cut.kind());
            written = ids.stream().mapToLong(id -> fresh.parts(id).size()).sum();
        }
        int before = Math.min(calls.get(), failing);
        account.before(name -> {});
        written += mail.content(fresh, options).run(progress -> {}).contents();
        assertEquals(
                ids,
                fresh.completed().stream()
                        .sorted(Comparator.comparing(ids::indexOf))
                        .toList());
        assertEquals(ids.stream().mapToLong(id -> fresh.parts(id).size()).sum(), written, "contents written twice");
        return before;
    }

    @Test
    void interruptedRun_endsAndTheFlagStays() {
        deliver(3, 10);
        List<Long> done = new ArrayList<>();
        MailException failure = assertThrows(
                MailException.class,
                () -> fetcher(ALL_TEXT).run(progress -> {
                    done.add(progress.done());
                    Thread.currentThread().interrupt();
                }));
        assertTrue(Thread.interrupted());
        assertEquals(Kind.CANCELLED, failure.kind());
        assertEquals(List.of(1L), done);
        assertEquals(List.of(2L, 1L), counts(run(ALL_TEXT)));
    }

    @Test
    void closedClient_endsTheRun() {
        deliver(3, 10);
        MailException failure =
                assertThrows(MailException.class, () -> fetcher(ALL_TEXT).run(progress -> mail.close()));
        assertEquals(Kind.CANCELLED, failure.kind());
        assertEquals(1, sink.completed().size());
    }

    private static List<Long> counts(ContentReport report) {
        return List.of(report.stored(), report.held());
    }

    private void assertKind(Kind kind, ContentOptions options) {
        assertKind(kind, () -> run(options));
    }

    private static void assertKind(Kind kind, Executable action) {
        assertEquals(kind, assertThrows(MailException.class, action).kind());
    }

    /** A sink that cannot be told of parked emails. */
    private record DeafSink(ContentSink sink) implements ContentSink {
        @Override
        public Set<EmailId> complete(Collection<EmailId> emails, Wanted wanted) throws IOException {
            return sink.complete(emails, wanted);
        }

        @Override
        public boolean holds(EmailId email, String partId) throws IOException {
            return sink.holds(email, partId);
        }

        @Override
        public void write(Content content, InputStream octets) throws IOException {
            sink.write(content, octets);
        }

        @Override
        public void completed(EmailId email, Wanted wanted) throws IOException {
            sink.completed(email, wanted);
        }

        @Override
        public void parked(ParkedEmail email) {
            throw new IllegalStateException("not now");
        }
    }

    private static byte[] bytes(PartRange range) {
        return ((ByteArrayInputStream) range.open()).readAllBytes();
    }
}
