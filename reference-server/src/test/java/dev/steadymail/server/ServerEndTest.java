package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.ServerEnd.Part;
import dev.steadymail.server.folder.StartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ServerEndTest {
    private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final ServerEnd end = new ServerEnd(new Console(stream, stream, false), exits::add);
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void close_inAnyOrderOfStart_closesWhatNeedsOthersFirst() {
        keep(Part.FOLDER);
        keep(Part.SERVICES);
        keep(Part.SERVER);
        keep(Part.MAILBOX);

        end.close();

        assertEquals(List.of("SERVER", "MAILBOX", "SERVICES", "FOLDER"), closed);
    }

    @Test
    void close_onePartFails_closesTheOthers() {
        end.keep(Part.SERVER, () -> {
            throw new IllegalStateException("a secret");
        });
        keep(Part.SERVICES);

        end.close();

        assertEquals(List.of("SERVICES"), closed);
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("IllegalStateException"));
        assertEquals(-1, err.toString(StandardCharsets.UTF_8).indexOf("a secret"));
    }

    @Test
    void close_aPartHangs_saysWhatFollows() {
        CountDownLatch never = new CountDownLatch(1);
        end.keep(Part.MAILBOX, never::await);
        keep(Part.FOLDER);

        end.close();

        assertEquals(List.of("FOLDER"), closed);
        String shown = err.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("mailbox did not end within 1 s"), shown);
        assertTrue(shown.contains("the next start takes up"), shown);
        never.countDown();
    }

    @Test
    void keep_afterTheEnd_closesAtOnce() {
        end.close();
        assertThrows(StartException.class, () -> keep(Part.SERVER));
        assertEquals(List.of("SERVER"), closed);
    }

    @Test
    void close_whileStarting_interruptsTheStartAndWaitsForIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread start = new Thread(() -> {
            end.starting();
            keep(Part.FOLDER);
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            closed.add("start");
            end.started(false);
        });
        start.start();
        begun.await();

        end.close();

        start.join();
        assertTrue(interrupted.get());
        assertEquals(List.of("start", "FOLDER"), closed);
    }

    @Test
    void uncaught_errors_endTheProcessOnceWithOneLine() throws InterruptedException {
        Thread worker = new Thread(() -> {
            throw new OutOfMemoryError("a secret");
        });
        worker.setUncaughtExceptionHandler(end::uncaught);
        worker.start();
        worker.join();
        end.uncaught(worker, new LinkageError());

        assertEquals(1, exits.poll(20, TimeUnit.SECONDS));
        assertTrue(exits.isEmpty());
        String shown = err.toString(StandardCharsets.UTF_8);
        assertEquals(1, shown.lines().count(), shown);
        assertTrue(shown.contains("OutOfMemoryError"), shown);
        assertFalse(shown.contains("a secret"), shown);
    }

    @Test
    @Timeout(120)
    void process_fullHeap_closesWhatWasStartedAndEndsWithOne() throws IOException, InterruptedException {
        EndingProcess.Ended ended = EndingProcess.run(EndingProcess.Way.FULL_HEAP);
        assertEquals(1, ended.code(), ended.told());
        assertTrue(ended.told().contains("fatal error: java.lang.OutOfMemoryError"), ended.told());
        assertTrue(ended.told().contains("closed"), ended.told());
        assertEquals(2, ended.told().lines().count(), ended.told());
    }

    @Test
    @Timeout(120)
    void process_partsThatHang_isEndedAllTheSame() throws IOException, InterruptedException {
        EndingProcess.Ended ended = EndingProcess.run(EndingProcess.Way.ERROR_AND_PARTS_THAT_HANG);
        assertEquals(1, ended.code(), ended.told());
        assertTrue(ended.told().contains("LinkageError"), ended.told());
    }

    @Test
    void uncaught_exception_isToldAndTheProcessGoesOn() {
        end.uncaught(new Thread("worker"), new IllegalStateException("a secret"));

        assertTrue(exits.isEmpty());
        String shown = err.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("worker") && shown.contains("IllegalStateException"), shown);
        assertFalse(shown.contains("a secret"), shown);
    }

    private void keep(Part part) {
        end.keep(part, () -> closed.add(part.name()));
    }
}
