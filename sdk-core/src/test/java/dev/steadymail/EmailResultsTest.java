package dev.steadymail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.query.EmailQuery;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmailResultsTest {
    private final List<String> asked = new ArrayList<>();
    private final MailRuntime runtime = MailRuntime.create();
    private List<Integer> pageSizes = List.of(2, 2, 1);
    private boolean down;

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void query_asksForNothingUntilWalked() {
        Iterator<Email> walk = results(EmailQuery.everywhere()).iterator();
        assertEquals(List.of(), asked);
        walk.next();
        walk.next();
        assertEquals(List.of("first"), asked);
        walk.next();
        assertEquals(List.of("first", "page 1"), asked);
    }

    @Test
    void walk_endsWithTheLastPage() {
        Iterator<Email> walk = results(EmailQuery.everywhere()).iterator();
        IntStream.range(0, 5).forEach(i -> walk.next());
        assertFalse(walk.hasNext());
        assertThrows(NoSuchElementException.class, walk::next);
        assertEquals(List.of("first", "page 1", "page 2"), asked);
    }

    @Test
    void limit_reachedAtTheEndOfAPage_asksForNoFurtherPage() {
        assertEquals(2, results(EmailQuery.everywhere().limit(2)).stream().count());
        assertEquals(List.of("first"), asked);
    }

    @Test
    void emptyPagesBetween_areWalkedOver() {
        pageSizes = List.of(0, 0, 1);
        assertEquals(1, results(EmailQuery.everywhere()).stream().count());
    }

    @Test
    void eachWalk_startsAgain() {
        EmailResults results = results(EmailQuery.everywhere());
        assertEquals(
                results.stream().map(Email::id).toList(),
                results.stream().map(Email::id).toList());
    }

    @Test
    void failedPage_canBeAskedForAgain() {
        Iterator<Email> walk = results(EmailQuery.everywhere()).iterator();
        walk.next();
        walk.next();
        down = true;
        assertThrows(MailException.class, walk::hasNext);
        down = false;
        assertEquals("p1e0", walk.next().id().value());
    }

    private EmailResults results(EmailQuery query) {
        return runtime.open(new Account()).emails().query(query);
    }

    private EmailPage page(PageToken token) {
        if (down) {
            throw MailException.of(Kind.UNAVAILABLE, "down");
        }
        asked.add(token == null ? "first" : "page " + token.value());
        int number = token == null ? 0 : Integer.parseInt(token.value());
        List<Email> emails = IntStream.range(0, pageSizes.get(number))
                .mapToObj(i -> email("p" + number + "e" + i))
                .toList();
        boolean last = number + 1 == pageSizes.size();
        return new EmailPage(emails, last ? null : new PageToken(String.valueOf(number + 1)));
    }

    private static Email email(String id) {
        return Email.state(new EmailId(id), null, Set.of(new MailboxId("1")), Set.of(), Instant.EPOCH, 1);
    }

    /** A provider that can be queried and nothing else. */
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
                    MailProvider.class.getClassLoader(),
                    new Class<?>[] {MailProvider.class},
                    (proxy, method, args) -> method.getName().equals("query") ? page((PageToken) args[1]) : null);
        }
    }
}
