package dev.steadymail.cache;

import dev.steadymail.cache.CacheValue.OfContent;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages and parts: those that are kept, and others whole, unless they are too large to keep. Thread-safe. */
final class ContentReads {
    private final MailProvider provider;
    private final AccountCache account;
    private final Reading reading;
    private final int largest;
    private final SharedOne shared;

    ContentReads(MailProvider provider, AccountCache account, Reading reading, long largest) {
        this.provider = provider;
        this.account = account;
        this.reading = reading;
        this.largest = Math.toIntExact(largest);
        this.shared = new SharedOne(account.shared(), reading);
    }

    /** A part of an email, or the message where the part's id is empty. */
    record Part(EmailId id, String partId) {}

    InputStream open(EmailId id, String partId, Call call) {
        return reading.isTold()
                ? reading.told(CachedKind.CONTENT, 1, () -> answer(id, partId, call))
                : answer(id, partId, call);
    }

    private InputStream answer(EmailId id, String partId, Call call) {
        CacheKey key = new CacheKey(account, CachedKind.CONTENT, new Part(id, partId));
        OfContent kept = reading.kept(key, OfContent.class);
        if (kept != null) {
            reading.hit(CachedKind.CONTENT);
            return new ByteArrayInputStream(kept.octets());
        }
        reading.miss(CachedKind.CONTENT);
        Opened[] own = new Opened[1];
        Opened opened = reading.shared(
                CachedKind.CONTENT,
                key,
                call,
                () -> {
                    own[0] = read(key, id, partId, call);
                    return own[0];
                },
                Opened.class);
        OfContent content = opened.content();
        if (content != null) {
            return new ByteArrayInputStream(content.octets());
        }
        // What is too large to keep is the stream of the call that opened it; whoever waited opens one of his own.
        InputStream rest = opened == own[0] ? opened.take() : null;
        return rest == null ? ask(id, partId, call) : rest;
    }

    private InputStream ask(EmailId id, String partId, Call call) {
        return partId.isEmpty() ? provider.raw(id, call) : provider.attachment(id, partId, call);
    }

    /** An empty part is the message; in the shared level an empty name is taken by the email. */
    private Opened read(CacheKey key, EmailId id, String partId, Call call) {
        long begun = account.begin();
        LastingName name = new LastingName(id.value(), "part " + partId);
        return shared.read(
                CachedKind.CONTENT,
                "content " + id.value() + " " + partId,
                Wanted.lasting(List.of(name)),
                call,
                (found, asked) -> taken(key, id, found.lasting().get(name), begun),
                keep -> {
                    Opened opened = load(key, id, partId, begun, call);
                    OfContent content = opened.content();
                    if (content != null) {
                        keep.accept(new Values(Map.of(), Map.of(name, content.octets())));
                    }
                    return opened;
                });
    }

    private @Nullable Opened taken(CacheKey key, EmailId id, byte @Nullable [] octets, long begun) {
        if (octets == null) {
            return null;
        }
        OfContent content = new OfContent(octets);
        account.keepContent(key, id, content, begun);
        return new Opened(content, null);
    }

    private Opened load(CacheKey key, EmailId id, String partId, long begun, Call call) {
        InputStream stream = ask(id, partId, call);
        try {
            byte[] octets = stream.readNBytes(largest + 1);
            if (octets.length > largest) {
                return new Opened(null, new SequenceInputStream(new ByteArrayInputStream(octets), stream));
            }
            stream.close();
            OfContent content = new OfContent(octets);
            account.keepContent(key, id, content, begun);
            return new Opened(content, null);
        } catch (RuntimeException | Error failure) {
            closeQuietly(stream);
            throw failure;
        } catch (IOException failure) {
            closeQuietly(stream);
            throw failure.getCause() instanceof MailException ours
                    ? ours
                    : MailException.of(
                            Kind.NETWORK, "the content could not be read to its end; read it again", failure);
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException secondary) {
            // The failure before it is the one that counts.
        }
    }
}
