package dev.steadymail.accounts;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.hybrid.HybridReading;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store that follows an account, with a digest of the octets of every email. */
final class MirroredMailbox implements AutoCloseable {
    private final MailClient mail;
    private final int pageSize;
    private final InMemorySyncStore store = new InMemorySyncStore();
    private final Set<EmailId> loaded = new HashSet<>();

    MirroredMailbox(MailRuntime runtime, MailAccount account, int pageSize) {
        this.mail = runtime.open(account);
        this.pageSize = pageSize;
    }

    SyncReport sync() {
        return sync(progress -> {});
    }

    SyncReport sync(Consumer<SyncReport> progress) {
        SyncOptions options = new SyncOptions(Set.of(), pageSize, Duration.ofMinutes(2));
        return mail.sync(store, this::load, options).run(progress);
    }

    private Loaded load(List<EmailId> ids, Call call) {
        List<Email> emails = new ArrayList<>();
        List<ParkedEmail> parked = new ArrayList<>();
        mail.with(call).emails().raw(ids, new RawVisitor() {
            @Override
            public void message(Email email, InputStream content) throws IOException {
                emails.add(email.withBlob(new BlobId(digest(content.readAllBytes())), email.size()));
            }

            @Override
            public void unreadable(EmailId id, MailException reason) {
                parked.add(new ParkedEmail(id, reason.kind().name()));
            }
        });
        emails.forEach(email -> loaded.add(email.id()));
        return new Loaded(emails, parked);
    }

    private static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Returns all emails by id; every fact of each counts. */
    Map<String, Email> emails() {
        Map<String, Email> byId = new TreeMap<>();
        store.emails().forEach(email -> byId.put(email.id().value(), email));
        return byId;
    }

    InMemorySyncStore store() {
        return store;
    }

    MailClient mail() {
        return mail;
    }

    /** Returns the units spent since the client was opened, all lanes. */
    long units() {
        return mail.ledger().balances().get(0).usedByLane().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    HybridReading reading() {
        return mail.unwrap(HybridReading.class).orElseThrow();
    }

    @Override
    public void close() {
        mail.close();
    }
}
