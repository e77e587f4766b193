package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.sync.ImapTestMailbox;
import dev.steadymail.testkit.sync.SyncSimulation;
import dev.steadymail.testkit.sync.TamperedAccount;
import dev.steadymail.testkit.sync.TamperedAccount.Tampering;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bugs that IMAP clients are known for, built in on purpose: the simulation catches each within 200 seeds. */
@Timeout(600)
class ImapSyncBugsTest {
    private static final int SEEDS = 200;
    private static final String USER = "ada";

    /** {@code UID FETCH n:*} answers with the last message even where its UID is below n (RFC 3501 section 6.4.8). */
    @Test
    void starTakenForNews_isCaught() {
        caught("the last message is taken for a new one", account -> new StarTaken());
    }

    /** UIDs mean other messages after UIDVALIDITY changed (RFC 3501 section 2.3.1.1). */
    @Test
    void uidsKeptAfterRenumbering_isCaught() {
        caught("UIDs outlast their UIDVALIDITY", UidsOnly::new);
    }

    private static void caught(String bug, Function<ImapTestAccount, Tampering> tampering) {
        OptionalLong seed = SyncSimulation.of(simulation -> mailbox(tampering)).firstViolation(SEEDS);
        System.out.println("sync bug, " + bug + ": caught with seed " + seed.orElse(0));
        assertTrue(seed.isPresent(), () -> bug + ", and nothing was noticed");
    }

    private static ImapTestMailbox mailbox(Function<ImapTestAccount, Tampering> tampering) {
        ImapTestServer server =
                ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
        return new ImapTestMailbox(
                server,
                USER,
                new TamperedAccount(
                        LocalServers.plain(server.port(), USER, LocalServers.PASSWORD),
                        tampering.apply(server.account(USER))));
    }

    /** Where a mailbox brings nothing new, its last message appears, as it does to whoever asks for {@code uidNext:*}. */
    private static final class StarTaken implements Tampering {
        @Override
        public ChangePage changes(ChangeRequest request, Call call, MailProvider provider) {
            ChangePage page = provider.changes(request, call);
            List<Change> changes = new ArrayList<>(page.changes());
            if (changes.isEmpty()) {
                last(request.known(), new MailboxId("INBOX"))
                        .map(Change.Appeared::new)
                        .ifPresent(changes::add);
            }
            return new ChangePage(changes, page.next(), page.last(), page.mode(), page.expected());
        }

        private static Optional<EmailId> last(KnownEmails known, MailboxId mailbox) {
            return known.in(mailbox).stream()
                    .map(KnownEmail::id)
                    .max(Comparator.comparing(id -> parsed(id).uid()));
        }
    }

    private static ImapEmailId parsed(EmailId id) {
        return Optional.ofNullable(ImapEmailId.parse(id)).orElseThrow();
    }

    /** A client whose ids are UID and mailbox: what it knows, and how far it is, it takes for true of the UIDVALIDITY of now. */
    private record UidsOnly(ImapTestAccount server) implements Tampering {
        @Override
        public ChangePage changes(ChangeRequest request, Call call, MailProvider provider) {
            ChangeRequest asked = new ChangeRequest(
                    cursor(request.cursor()),
                    new KnownNow(request.known(), this::now),
                    request.scope(),
                    request.maxChanges());
            ChangePage page = provider.changes(asked, call);
            List<Change> changes =
                    page.changes().stream().map(UidsOnly::withoutValidity).toList();
            return new ChangePage(changes, page.next(), page.last(), page.mode(), page.expected());
        }

        @Override
        public void raw(List<EmailId> ids, RawVisitor visitor, Call call, MailProvider provider) {
            for (EmailId id : ids) {
                provider.raw(List.of(now(id)), new Renaming(visitor, id), call);
            }
        }

        private @Nullable SyncCursor cursor(@Nullable SyncCursor cursor) {
            if (cursor == null) {
                return null;
            }
            ChangeCursor parsed = ChangeCursor.of(cursor);
            Map<String, MailboxState> states = new LinkedHashMap<>();
            parsed.mailboxes()
                    .forEach((name, state) -> states.put(
                            name,
                            new MailboxState(
                                    name,
                                    validity(name),
                                    state.uidNext(),
                                    state.modSeq(),
                                    state.messages(),
                                    state.below())));
            return new ChangeCursor(parsed.firstPass(), states, parsed.step()).encode();
        }

        private EmailId now(EmailId id) {
            ImapEmailId parts = parsed(id);
            return ImapEmailId.of(validity(parts.mailbox()), parts.uid(), parts.mailbox());
        }

        private long validity(String mailbox) {
            return server.mailboxes().contains(mailbox) ? server.uidValidity(mailbox) : 1;
        }

        private static EmailId bare(EmailId id) {
            ImapEmailId parts = parsed(id);
            return ImapEmailId.of(0, parts.uid(), parts.mailbox());
        }

        private static Change withoutValidity(Change change) {
            if (change instanceof Change.Appeared appeared) {
                return new Change.Appeared(bare(appeared.id()));
            }
            if (change instanceof Change.Updated updated) {
                return new Change.Updated(bare(updated.id()), updated.mailboxIds(), updated.keywords());
            }
            if (change instanceof Change.Relocated relocated) {
                return new Change.Relocated(bare(relocated.from()), bare(relocated.to()), relocated.mailboxIds());
            }
            return change instanceof Change.Vanished vanished ? new Change.Vanished(bare(vanished.id())) : change;
        }
    }

    /** What a client knows, under the ids that it takes for right. */
    private record KnownNow(KnownEmails known, UnaryOperator<EmailId> now) implements KnownEmails {
        @Override
        public Optional<KnownEmail> find(EmailId id) {
            return all().stream().filter(email -> email.id().equals(id)).findFirst();
        }

        @Override
        public Collection<KnownEmail> in(MailboxId mailbox) {
            return known.in(mailbox).stream().map(this::renamed).toList();
        }

        @Override
        public Collection<KnownEmail> all() {
            return known.all().stream().map(this::renamed).toList();
        }

        @Override
        public Collection<EmailId> unread() {
            return known.unread().stream().map(now).toList();
        }

        @Override
        public Collection<Mailbox> mailboxes() {
            return known.mailboxes();
        }

        private KnownEmail renamed(KnownEmail email) {
            return new KnownEmail(
                    now.apply(email.id()),
                    email.mailboxIds(),
                    email.keywords(),
                    email.receivedAt(),
                    email.size(),
                    email.fingerprint());
        }
    }

    private record Renaming(RawVisitor visitor, EmailId asked) implements RawVisitor {
        @Override
        public void message(Email email, InputStream content) throws IOException {
            visitor.message(email.relocated(asked, email.mailboxIds()), content);
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            visitor.unreadable(asked, reason);
        }
    }
}
