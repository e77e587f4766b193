package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.send.OutboxState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ContentTest {
    private static final int PART = ContentTable.PART;

    @ParameterizedTest
    @EnumSource(Product.class)
    void everyLength_comesBack(Product product) throws IOException {
        try (HikariDataSource database = product.create()) {
            JdbcOutboxStore outbox = outbox(database);
            for (int length : new int[] {0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART - 1}) {
                String key = "of " + length;
                byte[] octets = octets(length);
                outbox.add(Entries.queued(key), RawContent.of(octets));
                RawContent kept = outbox.content(Entries.queued(key));
                assertEquals(length, kept.size());
                try (InputStream in = kept.open()) {
                    assertArrayEquals(octets, in.readAllBytes());
                    assertEquals(-1, in.read());
                }
                try (InputStream in = kept.open()) {
                    for (int at = 0; at < Math.min(length, 10); at++) {
                        assertEquals(octets[at] & 0xff, in.read());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void theLongestMessage_isStored_andALongerOneRefused(Product product) throws IOException {
        try (HikariDataSource database = product.create()) {
            JdbcOutboxStore outbox = outbox(database);
            byte[] octets = octets((int) JdbcOutboxStore.MOST_OCTETS);
            outbox.add(Entries.queued("longest"), RawContent.of(octets));
            try (InputStream in = outbox.content(Entries.queued("longest")).open()) {
                assertArrayEquals(octets, in.readAllBytes());
            }
            RawContent longer = stated(JdbcOutboxStore.MOST_OCTETS + 1, new byte[0]);
            assertKind(Kind.TOO_LARGE, () -> outbox.add(Entries.queued("longer"), longer));
            assertEquals(Optional.empty(), outbox.find("longer"));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aContentOfAnotherLengthThanStated_isNotStored(Product product) {
        try (HikariDataSource database = product.create()) {
            JdbcOutboxStore outbox = outbox(database);
            assertKind(Kind.STORAGE, () -> outbox.add(Entries.queued("a"), stated(4, new byte[5])));
            assertKind(Kind.STORAGE, () -> outbox.add(Entries.queued("a"), stated(6, new byte[5])));
            assertEquals(Optional.empty(), outbox.find("a"));
            assertEquals(Optional.empty(), outbox.add(Entries.queued("a"), stated(5, new byte[5])));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void content_goesWhenItsStateIsFinal_andAReaderIsTold(Product product) throws IOException {
        try (HikariDataSource database = product.create()) {
            JdbcOutboxStore outbox = outbox(database);
            outbox.add(Entries.queued("a"), RawContent.of(octets(2 * PART)));
            try (InputStream in = outbox.content(Entries.queued("a")).open()) {
                assertEquals(PART, in.readNBytes(PART).length);
                assertTrue(outbox.replace(Entries.in(OutboxState.CANCELLED, "a", 2)));
                assertThrows(IOException.class, in::read);
            }
            assertKind(Kind.STORAGE, () -> outbox.content(Entries.queued("a")));
            assertEquals(0, new Rows(database).count("steadymail_content"));
        }
    }

    /** A key that is used anew is another message: what was opened before gives nothing of it. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void content_ofAForgottenKey_isNotThatOfTheNext(Product product) throws IOException {
        try (HikariDataSource database = product.create()) {
            JdbcOutboxStore outbox = outbox(database);
            outbox.add(Entries.queued("a"), RawContent.of(octets(2 * PART)));
            RawContent before = outbox.content(Entries.queued("a"));
            assertTrue(outbox.replace(Entries.in(OutboxState.SENT, "a", 2)));
            assertEquals(1, outbox.forget(Entries.NOON.plusSeconds(1)));
            outbox.add(Entries.queued("a"), RawContent.of(new byte[2 * PART]));
            assertThrows(IOException.class, before::open);
        }
    }

    private static JdbcOutboxStore outbox(HikariDataSource database) {
        return JdbcStores.open(database).outbox(new AccountId("ada"));
    }

    private static void assertKind(Kind kind, Executable call) {
        assertEquals(kind, assertThrows(MailException.class, call).kind());
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static RawContent stated(long size, byte[] octets) {
        return new RawContent() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }
        };
    }
}
