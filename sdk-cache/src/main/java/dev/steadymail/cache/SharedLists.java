package dev.steadymail.cache;

import dev.steadymail.cache.CacheValue.OfList;
import dev.steadymail.cache.CacheValue.OfMailboxes;
import dev.steadymail.cache.CacheValue.OfThread;
import dev.steadymail.cache.codec.DamagedValueException;
import dev.steadymail.cache.codec.ListCodec;
import dev.steadymail.cache.codec.ListCodec.IdPage;
import dev.steadymail.cache.shared.Dated;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailFilter;
import dev.steadymail.query.EmailQuery;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How lists are called and written in the level that processes share. */
final class SharedLists {
    private static final char BETWEEN = '\u001f';

    private SharedLists() {}

    /** When something was read, and how it came here. */
    record Origin(long readAt, long era, long sharedAt) {}

    /** One kind of list under one name. */
    interface Form<V extends CacheValue> {
        SharedName name();

        byte[] write(V value);

        /**
         * Reads what {@link #write} wrote.
         *
         * @throws DamagedValueException where it is none
         */
        V read(byte[] octets, Origin origin);
    }

    /** Reads a list, or returns null where it cannot be read. */
    static <V extends CacheValue> @Nullable V read(Form<V> form, Dated dated, Origin origin) {
        try {
            return form.read(dated.octets(), origin);
        } catch (DamagedValueException damaged) {
            return null;
        }
    }

    static Form<OfMailboxes> mailboxes() {
        return new Form<>() {
            @Override
            public SharedName name() {
                return SharedName.list("mailboxes");
            }

            @Override
            public byte[] write(OfMailboxes value) {
                return ListCodec.encodeMailboxes(value.mailboxes());
            }

            @Override
            public OfMailboxes read(byte[] octets, Origin origin) {
                return new OfMailboxes(
                        ListCodec.decodeMailboxes(octets), origin.readAt(), origin.era(), origin.sharedAt());
            }
        };
    }

    static Form<OfThread> thread(ThreadId id) {
        return new Form<>() {
            @Override
            public SharedName name() {
                return SharedName.list("thread" + BETWEEN + id.value());
            }

            @Override
            public byte[] write(OfThread value) {
                return ListCodec.encodeThread(value.thread());
            }

            @Override
            public OfThread read(byte[] octets, Origin origin) {
                return new OfThread(ListCodec.decodeThread(octets), origin.readAt(), origin.era(), origin.sharedAt());
            }
        };
    }

    static Form<OfList> page(EmailQuery query, @Nullable PageToken token) {
        EmailFilter filter = query.filter();
        MailboxId mailbox = filter.mailbox();
        String name = join(List.of(
                "page",
                mailbox == null ? "" : "in " + mailbox.value(),
                keywords(filter.having()),
                keywords(filter.without()),
                texts(filter.texts()),
                String.valueOf(filter.since()),
                String.valueOf(filter.before()),
                String.valueOf(filter.raw()),
                query.isNewestFirst() + " " + query.pageSize(),
                token == null ? "" : "at " + token.value()));
        return new Form<>() {
            @Override
            public SharedName name() {
                return SharedName.list(name);
            }

            @Override
            public byte[] write(OfList value) {
                return ListCodec.encodeList(value.ids(), value.next());
            }

            @Override
            public OfList read(byte[] octets, Origin origin) {
                IdPage page = ListCodec.decodeList(octets);
                return new OfList(page.ids(), page.next(), mailbox, origin.readAt(), origin.era(), origin.sharedAt());
            }
        };
    }

    private static String keywords(Collection<Keyword> keywords) {
        return keywords.stream().map(Keyword::value).sorted().collect(Collectors.joining(" "));
    }

    private static String texts(List<EmailQuery.TextMatch> texts) {
        return texts.stream()
                .map(text -> text.field() + " " + text.text().length() + " " + text.text())
                .collect(Collectors.joining(" "));
    }

    /** With lengths, so that no text can look like two. */
    private static String join(List<String> parts) {
        return parts.stream()
                .map(part -> part.length() + " " + part)
                .collect(Collectors.joining(String.valueOf(BETWEEN)));
    }
}
