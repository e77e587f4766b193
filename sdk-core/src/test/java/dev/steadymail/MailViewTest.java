package dev.steadymail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.time.Deadline;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls reach the provider in the lane, and with the deadline, of the view that they are made through. */
class MailViewTest {
    private static final List<EmailId> IDS = List.of(new EmailId("a"));

    private final List<Call> calls = new ArrayList<>();
    private final MailRuntime runtime =
            MailRuntime.builder().callTimeout(Duration.ofMinutes(1)).build();
    private final MailClient mail = runtime.open(new Account());

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void client_callsAreInteractive() {
        mail.emails().get(IDS, FetchLevel.STATE);
        mail.mailboxes().list();
        mail.capabilities();
        mail.thread(new ThreadId("t"));
        assertEquals(List.of(Lane.INTERACTIVE), lanes());
        assertEquals(4, calls.size());
    }

    @Test
    void view_everyCallIsInItsLane() throws Exception {
        MailView backfill = mail.in(Lane.BACKFILL);
        assertEquals(
                0, backfill.emails().query(EmailQuery.everywhere()).stream().count());
        backfill.emails().get(IDS, FetchLevel.STATE);
        backfill.emails().getAsync(IDS, FetchLevel.STATE).join();
        backfill.emails().raw(new EmailId("a")).close();
        backfill.mailboxes().list();
        backfill.thread(new ThreadId("t"));
        assertEquals(List.of(Lane.BACKFILL), lanes());
        assertEquals(6, calls.size());
    }

    @Test
    void view_eachCallHasTheTimeOfACall() {
        MailView delta = mail.in(Lane.DELTA);
        delta.emails().get(IDS, FetchLevel.STATE);
        Duration left = calls.get(0).deadline().remaining();
        assertTrue(left.compareTo(Duration.ofMinutes(1)) <= 0 && left.compareTo(Duration.ofSeconds(50)) > 0);
    }

    @Test
    void viewOfACall_sharesItsLaneAndDeadline() {
        Deadline deadline = runtime.time().deadline(Duration.ofHours(1));
        MailView view = mail.with(new Call(deadline, Lane.DELTA));
        view.emails().get(IDS, FetchLevel.STATE);
        view.emails().raw(new EmailId("a"));
        assertEquals(List.of(Lane.DELTA), lanes());
        calls.forEach(call -> assertSame(deadline, call.deadline()));
    }

    @Test
    void view_endsWithItsClient() {
        Emails emails = mail.in(Lane.BACKFILL).emails();
        mail.close();
        MailException refused = assertThrows(MailException.class, () -> emails.get(IDS, FetchLevel.STATE));
        assertEquals(Kind.CANCELLED, refused.kind());
    }

    private List<Lane> lanes() {
        return calls.stream().map(Call::lane).distinct().toList();
    }

    private Object answer(Class<?> type) {
        if (type == EmailPage.class) {
            return new EmailPage(List.of(), null);
        }
        if (type == InputStream.class) {
            return InputStream.nullInputStream();
        }
        return type == List.class ? List.of() : null;
    }

    /** A provider that notes its calls. */
    private final class Account implements MailAccount {
        @Override
        public AccountId id() {
            return new AccountId("test");
        }

        @Override
        public GuardProfile guard() {
            return GuardProfile.alone(GuardSettings.builder().build());
        }

        @Override
        public MailProvider open(ProviderContext context) {
            return (MailProvider) Proxy.newProxyInstance(
                    MailProvider.class.getClassLoader(), new Class<?>[] {MailProvider.class}, (proxy, method, args) -> {
                        if (args != null && args[args.length - 1] instanceof Call call) {
                            calls.add(call);
                        }
                        return answer(method.getReturnType());
                    });
        }
    }
}
