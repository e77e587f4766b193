package dev.steadymail.cache;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.conformance.Backdoor;
import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.memory.Faults;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.memory.InMemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An account in memory behind a cache that believes nothing for longer than it is vouched for: the kit changes things by the back door. */
final class CachedFixture implements MailFixture {
    private static final CacheSettings SETTINGS = CacheSettings.DEFAULT.withFreshFor(Duration.ZERO);

    private final InMemoryOptions options;
    private final InMemoryAccount account;
    private final MailCache cache = MailCache.inMemory(SETTINGS);

    CachedFixture(InMemoryOptions options) {
        this.options = options;
        this.account = InMemoryAccount.with(options);
    }

    @Override
    public Set<Capability> declares() {
        return options.capabilities();
    }

    @Override
    public MailAccount account() {
        return CachedAccount.of(account, cache);
    }

    @Override
    public Backdoor backdoor() {
        return new Door();
    }

    @Override
    public MailAccount wrongCredentials() {
        return failing(MailException.of(Kind.AUTH, "refused"));
    }

    @Override
    public MailAccount unreachable() {
        return failing(MailException.of(Kind.NETWORK, "nobody listens"));
    }

    @Override
    public Set<Role> roles() {
        Role archive = options.labels() ? Role.ALL : Role.ARCHIVE;
        return Set.of(Role.INBOX, archive, Role.SENT, Role.DRAFTS, Role.TRASH, Role.JUNK);
    }

    @Override
    public boolean expireCursors() {
        account.expireCursors();
        return true;
    }

    @Override
    public Optional<Stall> stall() {
        return Optional.of(new HeldBack(account.faults().stall()));
    }

    @Override
    public void close() {
        account.faults().clear();
    }

    private MailAccount failing(MailException failure) {
        InMemoryAccount failing = InMemoryAccount.with(options);
        failing.faults().failAlways(failure);
        return CachedAccount.of(failing, MailCache.inMemory(SETTINGS));
    }

    private record HeldBack(Faults.Stall stall) implements Stall {
        @Override
        public boolean awaitRequest(Duration limit) {
            return stall.awaitRequest(limit);
        }

        @Override
        public void close() {
            stall.close();
        }
    }

    private final class Door implements Backdoor {
        @Override
        public void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt) {
            account.deliver(mailbox, message, keywords, receivedAt);
        }

        @Override
        public void addTo(String mailbox, String messageId) {
            account.addTo(mailbox, messageId);
        }

        @Override
        public void createMailbox(String name) {
            account.createMailbox(name);
        }

        @Override
        public void renameMailbox(String from, String to) {
            account.renameMailbox(from, to);
        }

        @Override
        public void remove(String messageId) {
            account.remove(messageId);
        }

        @Override
        public void setKeywords(String messageId, Set<Keyword> keywords) {
            account.setKeywords(messageId, keywords);
        }

        @Override
        public void close() {}
    }
}
