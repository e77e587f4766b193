package dev.steadymail.gmail;

import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.conformance.Backdoor;
import dev.steadymail.testkit.conformance.GmailBackdoor;
import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailMailbox;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A fresh account at an in-process Gmail. */
final class FakeGmailFixture implements MailFixture {
    static final Set<Capability> DECLARED = Set.of(
            Capability.MULTIPLE_MAILBOXES,
            Capability.THREADS,
            Capability.ATOMIC_MOVE,
            Capability.DESTROY,
            Capability.RAW_QUERY,
            Capability.CHANGES_BY_CURSOR,
            Capability.MAILBOX_EDITING,
            Capability.IMPORT,
            Capability.SEND,
            Capability.DRAFTS,
            Capability.IDENTITIES,
            Capability.VACATION);
    static final Set<Role> ROLES =
            Set.of(Role.INBOX, Role.ALL, Role.SENT, Role.DRAFTS, Role.TRASH, Role.JUNK, Role.IMPORTANT);

    private static final String USER = "ada@example.com";
    private static final String TOKEN = "token-ada";

    private final FakeGmail server = FakeGmail.builder().user(USER, TOKEN).start();
    private final StallingProxy proxy =
            new StallingProxy(URI.create(server.rootUrl()).getPort());

    @Override
    public Set<Capability> declares() {
        return DECLARED;
    }

    @Override
    public Set<Role> roles() {
        return ROLES;
    }

    @Override
    public MailAccount account() {
        return with(TOKEN, proxy.rootUrl());
    }

    @Override
    public Backdoor backdoor() {
        return new GmailBackdoor(URI.create(server.rootUrl()), TOKEN);
    }

    @Override
    public MailAccount wrongCredentials() {
        return with("wrong", proxy.rootUrl());
    }

    @Override
    public MailAccount unreachable() {
        return with(TOKEN, "http://127.0.0.1:1/");
    }

    @Override
    public MailboxId unknownMailbox() {
        return new MailboxId("Label_987654321");
    }

    @Override
    public boolean expireCursors() {
        GmailMailbox mailbox = server.mailbox(USER);
        // A change that nobody sees, so that even the newest cursor is older than what is kept.
        mailbox.deleteLabel(mailbox.createLabel("passing"));
        String id = mailbox.add("Subject: passing\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        mailbox.delete(id);
        mailbox.expireHistoryBefore(mailbox.historyId());
        return true;
    }

    @Override
    public Optional<Stall> stall() {
        return Optional.of(proxy.stall());
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
    }

    private static MailAccount with(String token, String root) {
        return GmailAccount.with(Tokens.fixed(token))
                .user(USER)
                .rootUrl(URI.create(root))
                .guarded(Unpaced.GUARD);
    }
}
