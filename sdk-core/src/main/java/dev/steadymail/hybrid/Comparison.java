package dev.steadymail.hybrid;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.StateLists.Listed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads some emails by both doors and says whether they are the same. Used by one thread. */
final class Comparison {
    /** One email may have been changed between the two looks at it. */
    private static final int CHANGED_MEANWHILE = 1;

    private final List<EmailId> sample;
    private final Listed states;
    private final Map<EmailId, Seen> first = new HashMap<>();
    private final Map<EmailId, Seen> second = new HashMap<>();

    /** Takes {@code most} of the emails, spread evenly. */
    Comparison(List<EmailId> ids, int most, Listed states) {
        int count = Math.min(most, ids.size());
        this.sample = IntStream.range(0, count)
                .mapToObj(i -> ids.get((int) ((long) i * ids.size() / count)))
                .toList();
        this.states = states;
    }

    /** Hands the emails on as the first door reads them. */
    void byFirst(MailProvider provider, RawVisitor visitor, Handed handed, Call call) {
        provider.raw(
                sample,
                new RawVisitor() {
                    @Override
                    public void message(Email email, InputStream content) throws IOException {
                        DigestInputStream digested = digested(content);
                        visitor.message(email, digested);
                        first.put(email.id(), seen(email, digested));
                        handed.done(email.id());
                    }

                    @Override
                    public void unreadable(EmailId id, MailException reason) {
                        visitor.unreadable(id, reason);
                        handed.done(id);
                    }
                },
                call);
    }

    void bySecond(BulkReader reader, Call call) {
        reader.read(
                List.copyOf(first.keySet()),
                new RawVisitor() {
                    @Override
                    public void message(Email email, InputStream content) throws IOException {
                        second.put(email.id(), seen(email, digested(content)));
                    }

                    @Override
                    public void unreadable(EmailId id, MailException reason) {}
                },
                call);
    }

    Listed states() {
        return states;
    }

    /** Returns how many emails the first door read. */
    int read() {
        return first.size();
    }

    /** Returns what is not the same, for people, or null. */
    @Nullable
    String difference() {
        long octets = 0;
        long state = 0;
        for (Map.Entry<EmailId, Seen> email : second.entrySet()) {
            Seen other = first.get(email.getKey());
            if (other != null) {
                octets += other.digest().equals(email.getValue().digest()) ? 0 : 1;
                state += isSameState(other.email(), email.getValue().email()) ? 0 : 1;
            }
        }
        if (octets > 0) {
            return octets + " of " + second.size() + " emails had other octets than by the first door";
        }
        return state > CHANGED_MEANWHILE
                ? state + " of " + second.size() + " emails were listed with another state than they have"
                : null;
    }

    /** Times of arrival are compared to the second: IMAP tells no more. */
    private boolean isSameState(Email known, Email found) {
        Email listed = states.find(known.id(), found.receivedAt(), known.size()).orElse(null);
        return listed != null
                && listed.mailboxIds().equals(known.mailboxIds())
                && listed.keywords().equals(known.keywords())
                && String.valueOf(listed.threadId()).equals(String.valueOf(known.threadId()))
                && known.receivedAt()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .equals(found.receivedAt().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Seen seen(Email email, DigestInputStream content) throws IOException {
        long unused = content.transferTo(OutputStream.nullOutputStream());
        return new Seen(
                email, HexFormat.of().formatHex(content.getMessageDigest().digest()));
    }

    private static DigestInputStream digested(InputStream content) {
        try {
            return new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private record Seen(Email email, String digest) {}
}
