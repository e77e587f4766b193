package dev.steadymail.hybrid;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;

/**
 * A mailbox with two doors: all is done by the first, except that the bodies of a back-fill are read by the second, which is cheaper in
 * bulk. Whatever the second door lacks, or fails to bring, is read by the first. Immutable and thread-safe.
 *
 * <pre>{@code
 * HybridAccount.of(
 *     GmailAccount.with(tokens).user("ada@example.com"),
 *     ImapAccount.at("imap.gmail.com", Credentials.bearer("ada@example.com", tokens)),
 *     HybridOptions.DEFAULT)
 * }</pre>
 *
 * <p>The account is the first one in every other respect: its id, its guard, its capabilities; a store made with one may be kept up to
 * date with the other. The first provider must have {@link dev.steadymail.provider.StateLists} and the second a {@link
 * dev.steadymail.provider.BulkReader}; without them, nothing but the first is used.
 */
public final class HybridAccount implements MailAccount {
    private final MailAccount first;
    private final MailAccount second;
    private final HybridOptions options;

    private HybridAccount(MailAccount first, MailAccount second, HybridOptions options) {
        this.first = first;
        this.second = second;
        this.options = options;
    }

    /**
     * Returns the account with two doors.
     *
     * @param first for ids, states, changes and single emails
     * @param second the same mailbox, for the bodies of back-fills; it is connected to when the first of them is read
     */
    public static HybridAccount of(MailAccount first, MailAccount second, HybridOptions options) {
        return new HybridAccount(first, second, options);
    }

    @Override
    public AccountId id() {
        return first.id();
    }

    @Override
    public GuardProfile guard() {
        return first.guard();
    }

    @Override
    public Protocol protocol() {
        return first.protocol();
    }

    @Override
    public MailProvider open(ProviderContext context) {
        MailProvider main = first.open(context);
        try {
            ProviderContext beside = context.beside(second);
            ByteMeter meter = context.shared()
                    .get(ByteMeters.class, () -> new ByteMeters(context.time()))
                    .of(second.id(), options.dailyBytes());
            SecondDoor door = new SecondDoor(second.open(beside), beside, meter);
            return new HybridProvider(main, door, options, context.time());
        } catch (RuntimeException closed) {
            main.close();
            throw closed;
        }
    }

    @Override
    public String toString() {
        return "HybridAccount[hidden]";
    }
}
