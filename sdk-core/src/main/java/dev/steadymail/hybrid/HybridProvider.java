package dev.steadymail.hybrid;

import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.ForwardingMailProvider;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.StateLists;
import dev.steadymail.time.TimeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first provider, with the bodies of back-fills by the second. Thread-safe. */
final class HybridProvider extends ForwardingMailProvider {
    private final MailProvider first;
    private final SecondDoor second;
    private final @Nullable Walk walk;
    private final @Nullable BulkBodies bodies;

    HybridProvider(MailProvider first, SecondDoor second, HybridOptions options, TimeSource time) {
        super(first);
        this.first = first;
        this.second = second;
        StateLists lists = first.unwrap(StateLists.class).orElse(null);
        BulkReader reader = second.reader();
        this.walk = lists == null || reader == null ? null : new Walk(lists, time, second::forget);
        this.bodies = walk == null || reader == null ? null : new BulkBodies(first, second, reader, walk, options);
    }

    @Override
    public void raw(List<EmailId> ids, RawVisitor visitor, Call call) {
        if (bodies == null) {
            first.raw(ids, visitor, call);
        } else {
            bodies.read(ids, visitor, call);
        }
    }

    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        if (walk == null) {
            return first.changes(request, call);
        }
        walk.asked(request);
        ChangePage page = first.changes(request, call);
        walk.answered(page);
        return page;
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == HybridReading.class) {
            return Optional.of(type.cast(bodies == null ? second.facts(0, 0) : bodies.facts()));
        }
        return first.unwrap(type).or(() -> second.unwrap(type));
    }

    @Override
    public void close() {
        try {
            second.close();
        } finally {
            first.close();
        }
    }
}
