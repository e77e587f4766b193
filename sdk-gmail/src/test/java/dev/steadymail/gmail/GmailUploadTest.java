package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.Submission;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.gmail.GmailFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A large message goes in three pieces: each may be cut, and one message comes of it, whole. */
class GmailUploadTest {
    private static final int PIECES = 3;
    private static final int PIECE = UploadSettings.DEFAULT.pieceBytes();
    private static final byte[] LARGE = large(2 * PIECE + 100_000);
    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final String UPLOAD = "/upload/";
    private static final GmailFault BUSY = GmailFault.status(503, "backendError", "busy");
    private static final GmailFault GONE = GmailFault.status(404, "notFound", "no such upload");

    private final WritingAccount account = new WritingAccount();

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void upload_inPieces_isOneMessageOctetForOctet() throws IOException {
        EmailId id = add();
        assertEquals(1, account.requests("POST", UPLOAD));
        assertEquals(PIECES, account.requests("PUT", UPLOAD));
        try (InputStream raw = account.mail.emails().raw(id)) {
            assertArrayEquals(LARGE, raw.readAllBytes());
        }
    }

    @Test
    void upload_cutAtEachPiece_goesOnAndLeavesOneMessage() {
        for (GmailFault fault : List.of(GmailFault.resetBefore(), GmailFault.resetAfter(), BUSY)) {
            for (int piece = 0; piece < PIECES; piece++) {
                account.server.clearLog();
                account.server.inject(fault.onPath(UPLOAD).onMethod("PUT").skip(piece));
                EmailId id = add();
                assertEquals(1, account.requests("POST", UPLOAD), "begun anew at piece " + piece);
                assertTrue(account.requests("PUT", UPLOAD) <= PIECES + 2);
                assertEquals(1, account.mailbox().messages().size());
                assertArrayEquals(LARGE, account.mailbox().message(id.value()).raw());
                account.mailbox().delete(id.value());
            }
        }
    }

    @Test
    void upload_sessionLostBetweenPieces_beginsAnewAndLeavesOneMessage() {
        account.server.inject(GONE.onPath(UPLOAD).onMethod("PUT").skip(1));
        EmailId id = add();
        assertEquals(2, account.requests("POST", UPLOAD));
        assertEquals(1, account.mailbox().messages().size());
        assertArrayEquals(LARGE, account.mailbox().message(id.value()).raw());
    }

    @Test
    void upload_sessionLostAfterALastPieceWithoutAnswer_isNotBegunAnew() {
        account.server.inject(
                GmailFault.resetAfter().onPath(UPLOAD).onMethod("PUT").skip(PIECES - 1),
                GONE.onPath(UPLOAD).onMethod("PUT").skip(PIECES - 1));
        MailException failure = assertThrows(MailException.class, this::add);
        assertTrue(failure.mayHaveTakenEffect());
        assertEquals(1, account.requests("POST", UPLOAD));
        assertEquals(1, account.mailbox().messages().size());
    }

    /** The piece may still be on its way when the server says that it lacks it, and end the session when it arrives. */
    @Test
    void upload_sessionLostLongAfterALastPieceWithoutAnswer_isNotBegunAnew() {
        account.server.inject(
                GmailFault.resetBefore().onPath(UPLOAD).onMethod("PUT").skip(PIECES - 1),
                GONE.onPath(UPLOAD).onMethod("PUT").skip(PIECES));
        assertInstanceOf(
                SendResult.Unknown.class, account.provider().send(Submission.of(RawContent.of(LARGE)), account.call()));
        assertEquals(1, account.requests("POST", UPLOAD));
        assertEquals(PIECES + 2, account.requests("PUT", UPLOAD));
    }

    @Test
    void upload_lastPieceUnanswerable_isUnknown() {
        account.server.inject(
                BUSY.onPath(UPLOAD).onMethod("PUT").skip(PIECES - 1).always());
        SendResult result = account.provider().send(Submission.of(RawContent.of(LARGE)), account.call());
        assertInstanceOf(SendResult.Unknown.class, result);
        assertEquals(1, account.requests("POST", UPLOAD));
        assertEquals(0, account.mailbox().messages().size());
    }

    /** The server says each time that it lacks the last piece, which may be on its way still. */
    @Test
    void upload_lastPieceLostAgainAndAgain_isUnknown() {
        for (int lost = 0; lost < 5; lost++) {
            account.server.inject(
                    GmailFault.resetBefore().onPath(UPLOAD).onMethod("PUT").skip(PIECES - 1 + lost));
        }
        SendResult result = account.provider().send(Submission.of(RawContent.of(LARGE)), account.call());
        SendResult.Unknown unknown = assertInstanceOf(SendResult.Unknown.class, result);
        assertEquals(Kind.UNAVAILABLE, unknown.cause().kind());
        assertEquals(1, account.requests("POST", UPLOAD));
    }

    @Test
    void contentLostAfterALastPieceWithoutAnswer_isUnknown() {
        account.server.inject(
                GmailFault.resetBefore().onPath(UPLOAD).onMethod("PUT").skip(PIECES - 1));
        RawContent content = new Lost(PIECES, new AtomicInteger());
        SendResult result = account.provider().send(Submission.of(content), account.call());
        SendResult.Unknown unknown = assertInstanceOf(SendResult.Unknown.class, result);
        assertEquals(Kind.STORAGE, unknown.cause().kind());
        assertEquals(1, account.requests("POST", UPLOAD));
    }

    @Test
    void upload_firstPieceUnanswerable_surelyHadNoEffect() {
        account.server.inject(BUSY.onPath(UPLOAD).onMethod("PUT").always());
        MailException failure = assertThrows(
                MailException.class,
                () -> account.provider().send(Submission.of(RawContent.of(LARGE)), account.call()));
        assertFalse(failure.mayHaveTakenEffect());
        assertEquals(Kind.UNAVAILABLE, failure.kind());
    }

    @Test
    void upload_asSet_goesInOneRequestUpToTheSizeAndInPiecesAbove() throws IOException {
        int block = 256 << 10;
        UploadSettings small = UploadSettings.DEFAULT.withMostAtOnceBytes(1_000).withPieceBytes(block);
        try (WritingAccount other = new WritingAccount(GmailSettings.DEFAULT.withUploads(small))) {
            for (int size : List.of(1_000, 1_001, block, block + 1, 3 * block)) {
                other.server.clearLog();
                byte[] octets = large(size);
                EmailId id = other.mail.emails().importEmail(RawContent.of(octets), EmailImport.into(INBOX));
                assertArrayEquals(octets, other.mailbox().message(id.value()).raw());
                assertEquals(1, other.requests("POST", UPLOAD));
                int pieces = size <= 1_000 ? 0 : (size + block - 1) / block;
                assertEquals(pieces, other.requests("PUT", UPLOAD), () -> "of " + size + " octets");
            }
        }
    }

    @Test
    void uploadSettings_keepToWhatGoogleAllows() {
        UploadSettings most = new UploadSettings(5_242_880, 36_700_160);
        assertEquals(new UploadSettings(0, 262_144), most.withMostAtOnceBytes(0).withPieceBytes(262_144));
        for (long size : new long[] {-1, 5_242_881}) {
            assertThrows(IllegalArgumentException.class, () -> most.withMostAtOnceBytes(size));
        }
        for (int size : new int[] {0, -262_144, 262_143, 262_145, 36_700_160 + 262_144}) {
            assertThrows(IllegalArgumentException.class, () -> most.withPieceBytes(size));
        }
    }

    @Test
    void draft_inPieces_isReplacedInPieces() {
        EmailId draft = account.mail.drafts().create(RawContent.of(LARGE));
        byte[] other = large(PIECE + 1);
        EmailId replaced = account.mail.drafts().replace(draft, RawContent.of(other));
        assertEquals(1, account.mailbox().messages().size());
        assertArrayEquals(other, account.mailbox().message(replaced.value()).raw());
    }

    @Test
    void contentOfAnotherSizeThanItSays_isStorageAndAddsNothing() {
        for (int size : List.of(1_000, LARGE.length)) {
            for (int difference : List.of(-1, 1)) {
                byte[] octets = Arrays.copyOf(LARGE, size + difference);
                MailException failure = assertThrows(
                        MailException.class,
                        () -> account.mail.emails().importEmail(new Changed(size, octets), EmailImport.into(INBOX)));
                assertEquals(Kind.STORAGE, failure.kind());
                assertFalse(failure.mayHaveTakenEffect());
            }
        }
        assertEquals(0, account.mailbox().messages().size());
    }

    @Test
    void leavingThatForbidsIt_isTheEndOfTheCall_andNothingIsSent() {
        for (int size : List.of(1_000, LARGE.length)) {
            AtomicInteger asked = new AtomicInteger();
            Submission submission = new Submission(RawContent.of(Arrays.copyOf(LARGE, size)), () -> {
                asked.incrementAndGet();
                throw MailException.of(Kind.CONFLICT, "another's now");
            });
            MailException failure =
                    assertThrows(MailException.class, () -> account.provider().send(submission, account.call()));
            assertEquals(Kind.CONFLICT, failure.kind());
            assertEquals("another's now", failure.getMessage());
            assertFalse(failure.mayHaveTakenEffect());
            assertEquals(1, asked.get());
        }
        assertEquals(0, account.mailbox().messages().size());
    }

    @Test
    void leaving_isSaidOnce() {
        AtomicInteger left = new AtomicInteger();
        for (int size : List.of(1_000, LARGE.length)) {
            RawContent content = RawContent.of(Arrays.copyOf(LARGE, size));
            var unused = account.provider().send(new Submission(content, left::incrementAndGet), account.call());
        }
        assertEquals(2, left.get());
        assertEquals(2, account.mailbox().messages().size());
    }

    @Test
    void leaving_isNotSaidBeforeThereIsAConnection() {
        account.server.close();
        AtomicInteger left = new AtomicInteger();
        Submission submission = new Submission(RawContent.of(Arrays.copyOf(LARGE, 1_000)), left::incrementAndGet);
        MailException failure =
                assertThrows(MailException.class, () -> account.provider().send(submission, account.call()));
        assertFalse(failure.mayHaveTakenEffect());
        assertEquals(0, left.get());
    }

    private EmailId add() {
        return account.mail.emails().importEmail(RawContent.of(LARGE), EmailImport.into(INBOX));
    }

    private static byte[] large(int size) {
        byte[] start = SampleMail.named("a").bytes();
        byte[] octets = Arrays.copyOf(start, size);
        for (int i = start.length; i < size; i++) {
            octets[i] = (byte) (i % 78 == 76 ? '\r' : i % 78 == 77 ? '\n' : 'a' + i % 23);
        }
        return octets;
    }

    /** The large message, which can be opened so many times only. */
    private record Lost(int times, AtomicInteger opened) implements RawContent {
        @Override
        public long size() {
            return LARGE.length;
        }

        @Override
        public InputStream open() throws IOException {
            if (opened.incrementAndGet() > times) {
                throw new IOException("gone");
            }
            return new ByteArrayInputStream(LARGE);
        }
    }

    private record Changed(long size, List<byte[]> octets) implements RawContent {
        Changed(long size, byte[] octets) {
            this(size, List.of(octets));
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(octets.get(0));
        }
    }
}
