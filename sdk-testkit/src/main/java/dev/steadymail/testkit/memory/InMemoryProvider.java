package dev.steadymail.testkit.memory;

import dev.steadymail.guard.Request;
import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.PageToken;
import dev.steadymail.provider.PartRange;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.query.EmailQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One client's view of the in-memory server; every request goes through the guard as if there were a wire. */
final class InMemoryProvider extends InMemoryWriter {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ProviderContext context;
    private final InMemoryOptions options;
    private final MailState state;
    private final Faults faults;
    private final Map<String, MailException> unreadable;

    InMemoryProvider(
            ProviderContext context,
            InMemoryOptions options,
            MailState state,
            Owner owner,
            Faults faults,
            Map<String, MailException> unreadable) {
        super(context, options, state, owner);
        this.context = context;
        this.options = options;
        this.state = state;
        this.faults = faults;
        this.unreadable = unreadable;
    }

    @Override
    public Capabilities capabilities(Call call) {
        return new Capabilities(options.capabilities());
    }

    @Override
    public List<Mailbox> mailboxes(Call call) {
        return read("mailboxes", call, () -> state.snapshot().mailboxes());
    }

    @Override
    public EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        return read("query", call, () -> {
            MailboxId mailbox = query.filter().mailbox();
            if (mailbox != null) {
                state.require(mailbox);
            }
            return QueryPages.page(state.snapshot().emails(), query, token);
        });
    }

    @Override
    public List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        return read(
                "get",
                call,
                () -> ids.stream()
                        .flatMap(id -> state.find(id).stream())
                        .map(email -> email.at(level))
                        .toList());
    }

    @Override
    public InputStream raw(EmailId id, Call call) {
        StoredEmail email = read("raw", call, () -> readable(require(id)));
        return octets(email.message().raw());
    }

    @Override
    public void raw(List<EmailId> ids, RawVisitor visitor, Call call) {
        List<StoredEmail> emails = read(
                "raw",
                call,
                () -> ids.stream().flatMap(id -> state.find(id).stream()).toList());
        for (StoredEmail email : emails) {
            visit(email, visitor);
        }
    }

    @Override
    public InputStream attachment(EmailId id, String partId, Call call) {
        return octets(read("attachment", call, () -> {
            byte[] content = readable(require(id)).message().content(partId);
            if (content == null) {
                throw noSuchPart();
            }
            return content;
        }));
    }

    /** Parts are served in their encoding, as on IMAP. */
    @Override
    public PartRange range(EmailId id, String partId, long from, int length, Call call) {
        PartRange.check(from, length);
        PartRange range = read("range", call, () -> {
            ParsedMessage message = readable(require(id)).message();
            PartRange octets = partId.isEmpty()
                    ? part("", message.raw(), from, length)
                    : message.encoded(partId, (encoding, encoded) -> part(encoding, encoded, from, length));
            if (octets == null) {
                throw noSuchPart();
            }
            return octets;
        });
        context.traffic().countBytes(range.length());
        return range;
    }

    private static PartRange part(String encoding, byte[] octets, long from, int length) {
        int start = (int) Math.min(from, octets.length);
        int end = (int) Math.min((long) start + length, octets.length);
        return PartRange.of(encoding, octets.length, Arrays.copyOfRange(octets, start, end));
    }

    @Override
    public boolean servesRanges() {
        return true;
    }

    @Override
    public void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        write("changeKeywords", true, call, () -> {
            state.mark(ids, add, remove);
            return true;
        });
    }

    @Override
    public Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        return write("move", false, call, () -> state.move(ids, from, to));
    }

    @Override
    public void destroy(List<EmailId> ids, Call call) {
        write("destroy", true, call, () -> {
            state.remove(ids.stream().flatMap(id -> state.find(id).stream()).toList());
            return true;
        });
    }

    @Override
    public EmailThread thread(ThreadId id, Call call) {
        capabilities(call).require(Capability.THREADS);
        return read("thread", call, () -> {
            List<EmailId> emails = state.snapshot().emails().stream()
                    .filter(email -> id.equals(email.threadId()))
                    .sorted(Comparator.comparing(StoredEmail::receivedAt))
                    .map(StoredEmail::id)
                    .toList();
            if (emails.isEmpty()) {
                throw MailException.of(Kind.NOT_FOUND, "the thread is gone; query for its emails again");
            }
            return new EmailThread(id, emails);
        });
    }

    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        return read("changes", call, () -> ChangePages.page(state.snapshot(), request));
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }

    /** There is no connection to let go of. */
    @Override
    public void close() {}

    private StoredEmail require(EmailId id) {
        return state.find(id)
                .orElseThrow(() -> MailException.of(Kind.NOT_FOUND, "the email is gone; query for it again"));
    }

    private static MailException noSuchPart() {
        return MailException.of(Kind.NOT_FOUND, "the email has no such part; fetch its structure again");
    }

    private StoredEmail readable(StoredEmail email) {
        MailException reason = reason(email);
        if (reason != null) {
            throw reason;
        }
        return email;
    }

    private @Nullable MailException reason(StoredEmail email) {
        String messageId = email.message().envelope().messageId();
        return messageId == null ? null : unreadable.get(messageId);
    }

    private void visit(StoredEmail email, RawVisitor visitor) {
        MailException reason = reason(email);
        if (reason != null) {
            visitor.unreadable(email.id(), reason);
            return;
        }
        try {
            visitor.message(email.at(FetchLevel.STATE), octets(email.message().raw()));
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.STORAGE, "a message could not be stored; free space or check the target", failure);
        }
    }

    private InputStream octets(byte[] content) {
        context.traffic().countBytes(content.length);
        return new ByteArrayInputStream(content);
    }

    private <T> T read(String operation, Call call, Supplier<T> request) {
        return write(operation, true, call, request);
    }

    @Override
    <T> T write(String operation, boolean repeatable, Call call, Supplier<T> request) {
        return context.guard()
                .call(new Request(operation, repeatable, TIMEOUT, 1), call.lane(), call.deadline(), cancellation -> {
                    context.traffic().countRequests(1);
                    return faults.apply(operation, cancellation, request);
                });
    }
}
