package dev.steadymail.server.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StructureLoaderTest {
    private final InMemoryAccount account = InMemoryAccount.folders();
    private final MailRuntime runtime = MailRuntime.create();
    private final MailClient client = runtime.open(account);
    private final StructureLoader loader = new StructureLoader(client);
    private final List<EmailId> ids = new ArrayList<>();

    @BeforeEach
    void deliver() {
        for (String name : List.of("a", "b", "c")) {
            account.deliver("INBOX", SampleMail.named(name).bytes(), Set.of(), SampleMail.NOON);
        }
        client.emails().query(EmailQuery.everywhere()).forEach(email -> ids.add(email.id()));
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void load_readsThePage() {
        assertEquals(3, load().emails().size());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PROTOCOL", "TOO_LARGE", "NETWORK", "TIMEOUT"})
    void load_whereOneEmailSpoilsThePage_parksIt_andReadsTheOthers(Kind kind) {
        account.faults().failNext("get", 2, failure(kind));
        Loaded loaded = load();
        assertEquals(2, loaded.emails().size());
        assertEquals(
                List.of(ids.get(0)),
                loaded.parked().stream().map(each -> each.id()).toList());
        assertEquals(kind + ": spoilt", loaded.parked().get(0).reason());
    }

    @Test
    void load_whereTheServerIsAway_blamesNoEmail() {
        account.faults().failAlways(failure(Kind.NETWORK));
        assertEquals(Kind.NETWORK, assertThrows(MailException.class, this::load).kind());
    }

    @Test
    void load_whereAskingAgainIsNoUse_asksNoMore() {
        account.faults().failNext("get", 1, failure(Kind.AUTH));
        assertEquals(Kind.AUTH, assertThrows(MailException.class, this::load).kind());
    }

    @Test
    void load_afterItsDeadline_stopsAskingOneByOne() {
        account.faults().failNext("get", 1, failure(Kind.PROTOCOL));
        assertThrows(MailException.class, () -> load(Duration.ZERO));
    }

    private Loaded load() {
        return load(Duration.ofMinutes(1));
    }

    private Loaded load(Duration limit) {
        return loader.load(ids, new Call(runtime.time().deadline(limit), Lane.BACKFILL));
    }

    private static MailException failure(Kind kind) {
        return MailException.builder(kind, "spoilt").permanent().build();
    }
}
