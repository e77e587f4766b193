package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that a store keeps of an email comes back as it was, and is replaced as a whole. */
final class KeptEmailTest {
    private static final AccountId ADA = new AccountId("ada");
    private static final Email BARE =
            Email.state(new EmailId("e"), null, Set.of(new MailboxId("inbox")), Set.of(Keyword.SEEN), Entries.NOON, 1);
    private static final Email FULL = Email.state(
                    new EmailId("e"),
                    new ThreadId("t"),
                    Set.of(new MailboxId("inbox"), new MailboxId("work")),
                    Set.of(Keyword.FLAGGED, new Keyword("proj\u00e9t")),
                    Entries.NOON.minusSeconds(1),
                    2)
            .withBlob(new BlobId("b"), 3)
            .withFingerprint(Fingerprint.ofObject("M1"))
            .withAncestry(new Ancestry("m|r1,r2|s|re|1750000000"));

    @ParameterizedTest
    @EnumSource(Product.class)
    void whatIsCreated_isReadAsItWas(Product product) {
        try (HikariDataSource database = product.create()) {
            JdbcSyncStore store = JdbcStores.open(database).sync(ADA);
            for (Email email : List.of(BARE, FULL, BARE)) {
                store.apply(SyncBatch.to(new SyncCursor("1")).create(email).build());
                assertEquals(
                        List.of(email), store.emails().map(StoredEmail::email).toList());
            }
        }
    }
}
