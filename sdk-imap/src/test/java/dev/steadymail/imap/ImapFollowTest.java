package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens on the server between and during runs, and wherever connections are cut, emails are parked or the store fails:
 * the next quiet run makes the store equal to the server. A failure names its seed; set {@code steadymail.seed} to repeat it.
 */
class ImapFollowTest {
    private static final int SEEDS = Integer.getInteger("steadymail.seeds", 12);
    private static final int ROUNDS = 6;
    private static final int MOST_TRIES = 40;

    private enum Offer {
        ALL,
        NO_CONDSTORE,
        NO_ESEARCH_NOR_LIST_STATUS,
        NOTHING;

        ImapTestServer.Builder server() {
            ImapTestServer.Builder builder = ImapTestServer.builder().user(ServerChaos.USER, LocalServers.PASSWORD);
            return switch (this) {
                case ALL -> builder;
                case NO_CONDSTORE -> builder.without(ImapCapability.CONDSTORE);
                case NO_ESEARCH_NOR_LIST_STATUS -> builder.without(ImapCapability.ESEARCH, ImapCapability.LIST_STATUS);
                case NOTHING -> builder.only();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Offer.class)
    void anyHistory_storeEqualsTheServer(Offer offer) {
        Long only = Long.getLong("steadymail.seed");
        for (long seed = 1; seed <= SEEDS; seed++) {
            long chosen = only == null ? seed : only;
            try (Story story = new Story(offer, chosen)) {
                story.tell();
            } catch (AssertionError | MailException failure) {
                throw new AssertionError(offer + " with -Dsteadymail.seed=" + chosen + ": " + failure, failure);
            }
        }
    }

    private static final class Story implements AutoCloseable {
        private final Random random;
        private final ImapTestServer server;
        private final ServerChaos chaos;
        private final InMemorySyncStore store = new InMemorySyncStore();
        private final MailRuntime runtime = MailRuntime.builder()
                .retryPolicy(new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();
        private final ImapAccount account;
        private MailClient client;
        private boolean quiet;

        Story(Offer offer, long seed) {
            random = new Random(seed);
            server = offer.server().start();
            chaos = new ServerChaos(server, random);
            account = LocalServers.plain(server.port(), ServerChaos.USER, LocalServers.PASSWORD);
            client = runtime.open(account);
        }

        void tell() {
            chaos.happen(12);
            for (int round = 0; round < ROUNDS; round++) {
                quiet = false;
                cutSometimes();
                runUntilDone();
                server.clearFaults();
                chaos.happen(random.nextInt(8));
                quiet = true;
                runUntilDone();
                if (!store.parked().isEmpty()) {
                    // Parked under another name than when the run began: that name is tried from the next run on.
                    runUntilDone();
                }
                assertEquals(List.of(), store.parked());
                assertEquals(chaos.state(), stored());
                chaos.happen(random.nextInt(6));
            }
        }

        private void cutSometimes() {
            for (int i = random.nextInt(4); i > 0; i--) {
                server.inject(
                        new ImapFault.DisconnectAfterBytes(random.nextInt(2_000)),
                        FaultCount.once().after(random.nextInt(20)));
            }
        }

        private void runUntilDone() {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                if (random.nextInt(3) == 0) {
                    client.close();
                    client = runtime.open(account);
                }
                if (hasRun()) {
                    return;
                }
            }
            fail("no run came to its end");
        }

        private boolean hasRun() {
            SyncOptions options = new SyncOptions(Set.of(), 1 + random.nextInt(9), Duration.ofSeconds(30));
            try {
                var unused =
                        client.sync(store, (ids, call) -> load(ids), options).run(progress -> {});
                return true;
            } catch (MailException failure) {
                boolean expected =
                        Set.of(Kind.NETWORK, Kind.UNAVAILABLE, Kind.STORAGE).contains(failure.kind());
                if (!expected || (quiet && failure.kind() == Kind.STORAGE)) {
                    throw failure;
                }
                return false;
            }
        }

        private Loaded load(List<EmailId> ids) {
            if (!quiet && random.nextInt(8) == 0) {
                throw MailException.of(Kind.STORAGE, "the test's disk is full");
            }
            if (!quiet && random.nextInt(3) == 0) {
                chaos.happen(1 + random.nextInt(3));
            }
            Reader reader = new Reader();
            client.emails().raw(ids, reader);
            return new Loaded(reader.emails, reader.parked);
        }

        private Map<String, String> stored() {
            Map<String, String> stored = new TreeMap<>();
            for (Email email : store.emails()) {
                ImapEmailId id = ImapEmailId.parse(email.id());
                TreeSet<String> keywords = new TreeSet<>();
                email.keywords().forEach(keyword -> keywords.add(keyword.value()));
                String name = String.join("/", MailboxNames.path(id.mailbox(), "/"));
                stored.put(name + " " + id.uidValidity() + " " + id.uid(), email.size() + " " + keywords);
            }
            store.known().mailboxes().forEach(mailbox -> stored.put(String.join("/", mailbox.path()), ""));
            return stored;
        }

        @Override
        public void close() {
            runtime.close();
            server.close();
        }

        private final class Reader implements RawVisitor {
            private final List<Email> emails = new ArrayList<>();
            private final List<ParkedEmail> parked = new ArrayList<>();
            private final Map<EmailId, Long> sizes = new HashMap<>();

            @Override
            public void message(Email email, InputStream content) throws IOException {
                sizes.put(email.id(), (long) content.readAllBytes().length);
                assertEquals(email.size(), sizes.get(email.id()));
                if (!quiet && random.nextInt(10) == 0) {
                    parked.add(new ParkedEmail(email.id(), "as the test wants it"));
                } else {
                    emails.add(email);
                }
            }

            @Override
            public void unreadable(EmailId id, MailException reason) {
                fail("every message of this server can be read", reason);
            }
        }
    }
}
