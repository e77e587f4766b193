package dev.steadymail.cache.codec;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.PageToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of ids, threads and lists of mailboxes as octets, by the rules of {@link EmailCodec}. */
public final class ListCodec {
    private static final int OCTETS_PER_ID = 40;
    private static final int LEAST_ID = 2;
    private static final int LEAST_MAILBOX = 5;

    private static final int SELECTABLE = 1;
    private static final int ROLE_SHIFT = 1;
    private static final int NO_ROLE = 0;

    private ListCodec() {}

    /**
     * One page of a query.
     *
     * @param next where the next one starts, or null on the last
     */
    public record IdPage(List<EmailId> ids, @Nullable PageToken next) {
        public IdPage {
            ids = List.copyOf(ids);
        }
    }

    /** Returns a page, with where the next one starts. */
    public static byte[] encodeList(List<EmailId> ids, @Nullable PageToken next) {
        OctetWriter into = new OctetWriter(ValueKind.LIST, ids.size() * OCTETS_PER_ID);
        into.optional(next == null ? null : next.value());
        writeIds(ids, into);
        return into.toArray();
    }

    /**
     * Returns what {@link #encodeList} was given.
     *
     * @throws DamagedValueException where the octets are none of its
     */
    public static IdPage decodeList(byte[] octets) {
        return OctetReader.read(octets, ValueKind.LIST, from -> {
            String next = from.optional();
            return new IdPage(readIds(from), next == null ? null : new PageToken(next));
        });
    }

    /** Returns a thread. */
    public static byte[] encodeThread(EmailThread thread) {
        OctetWriter into =
                new OctetWriter(ValueKind.THREAD, (1 + thread.emailIds().size()) * OCTETS_PER_ID);
        into.text(thread.id().value());
        writeIds(thread.emailIds(), into);
        return into.toArray();
    }

    /**
     * Returns what {@link #encodeThread} was given.
     *
     * @throws DamagedValueException where the octets are none of its
     */
    public static EmailThread decodeThread(byte[] octets) {
        return OctetReader.read(octets, ValueKind.THREAD, from -> {
            ThreadId id = new ThreadId(from.text());
            return new EmailThread(id, readIds(from));
        });
    }

    /** Returns mailboxes, in their order. */
    public static byte[] encodeMailboxes(List<Mailbox> mailboxes) {
        OctetWriter into = new OctetWriter(ValueKind.MAILBOXES, mailboxes.size() * OCTETS_PER_ID);
        into.number(mailboxes.size());
        for (Mailbox mailbox : mailboxes) {
            into.octet((mailbox.selectable() ? SELECTABLE : 0) | (number(mailbox.role()) << ROLE_SHIFT));
            into.text(mailbox.id().value());
            into.number(mailbox.path().size());
            mailbox.path().forEach(into::text);
        }
        return into.toArray();
    }

    /**
     * Returns what {@link #encodeMailboxes} was given.
     *
     * @throws DamagedValueException where the octets are none of its
     */
    public static List<Mailbox> decodeMailboxes(byte[] octets) {
        return OctetReader.read(octets, ValueKind.MAILBOXES, from -> {
            Mailbox[] mailboxes = new Mailbox[from.count(LEAST_MAILBOX)];
            for (int i = 0; i < mailboxes.length; i++) {
                mailboxes[i] = readMailbox(from);
            }
            return List.of(mailboxes);
        });
    }

    private static Mailbox readMailbox(OctetReader from) {
        int flags = from.octet();
        MailboxId id = new MailboxId(from.text());
        String[] path = new String[from.count(1)];
        for (int i = 0; i < path.length; i++) {
            path[i] = from.text();
        }
        return new Mailbox(id, List.of(path), role(flags >> ROLE_SHIFT), (flags & SELECTABLE) != 0);
    }

    private static void writeIds(List<EmailId> ids, OctetWriter into) {
        into.number(ids.size());
        for (EmailId id : ids) {
            into.text(id.value());
        }
    }

    private static List<EmailId> readIds(OctetReader from) {
        EmailId[] ids = new EmailId[from.count(LEAST_ID)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new EmailId(from.text());
        }
        return List.of(ids);
    }

    private static int number(@Nullable Role role) {
        if (role == null) {
            return NO_ROLE;
        }
        return switch (role) {
            case INBOX -> 1;
            case ARCHIVE -> 2;
            case DRAFTS -> 3;
            case SENT -> 4;
            case TRASH -> 5;
            case JUNK -> 6;
            case ALL -> 7;
            case FLAGGED -> 8;
            case IMPORTANT -> 9;
        };
    }

    private static @Nullable Role role(int number) {
        return switch (number) {
            case NO_ROLE -> null;
            case 1 -> Role.INBOX;
            case 2 -> Role.ARCHIVE;
            case 3 -> Role.DRAFTS;
            case 4 -> Role.SENT;
            case 5 -> Role.TRASH;
            case 6 -> Role.JUNK;
            case 7 -> Role.ALL;
            case 8 -> Role.FLAGGED;
            case 9 -> Role.IMPORTANT;
            default -> throw new DamagedValueException("there is no role " + number);
        };
    }
}
