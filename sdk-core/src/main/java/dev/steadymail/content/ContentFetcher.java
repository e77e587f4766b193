package dev.steadymail.content;

import dev.steadymail.content.Candidates.Seen;
import dev.steadymail.guard.Guard;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.time.TimeSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Brings the content of emails into a {@link ContentSink}: by policy in the background ({@link #run}), and on demand ({@link #fetch}).
 * After a crash or a cut the next run reads only what the sink does not hold. {@code MailClient.content} makes one.
 *
 * <p>Runs read in lane BACKFILL and pass a guard of their own as well, with the settings {@code GuardSettings.CONTENT_FETCH} unless the
 * runtime has others: 2 reads at once, 8 a second, 15 s an attempt, closed for a minute when 40 % fail. What is fetched on demand is
 * INTERACTIVE, passes the account's guard only, and so goes first.
 *
 * <p><b>Whole or in parts.</b> A message that is no larger than {@link ContentOptions#wholeUpTo} is read whole, many with one call, and
 * kept whole. Of a larger one the structure is asked for, many with one call, and then only what is wanted. Which is cheaper is the
 * provider's to say ({@link MailProvider#wholeUpTo}): over IMAP octets are what costs, and a round trip for each part. Gmail charges by
 * the call, 20 units for a structure, for a part and for a whole message alike, so that parts only pay where they save much more than
 * they cost.
 *
 * <p><b>Large parts.</b> Where the provider serves ranges, a part is read 512 KiB at a time, some ranges at once; a range that breaks is
 * read again by itself. Ranges are of encoded octets, since these are what the structure counts and what a server can find; they are
 * decoded here, in order, on the way to the sink. Elsewhere a part comes with one request.
 *
 * <p><b>Lengths.</b> What has another length than the server told is read once more, and fails with kind PROTOCOL if that is no better. The
 * sink hears of it before the octets end, so that nothing is kept half.
 *
 * <p>Thread-safe; runs and fetches at the same time may write the same content twice, each time whole. A run uses the calling thread, and
 * others for ranges. Interrupting the thread, or closing the client, ends it with kind CANCELLED.
 */
public final class ContentFetcher {
    private final MailProvider provider;
    private final TimeSource time;
    private final Guard guard;
    private final Executor threads;
    private final CarefulSink sink;
    private final ContentOptions options;

    /**
     * Makes a fetcher.
     *
     * @param guard what runs pass beside the account's guard; stays open
     * @param threads for reading ranges at the same time; may refuse
     * @param sink stays open
     */
    public ContentFetcher(
            MailProvider provider,
            TimeSource time,
            Guard guard,
            Executor threads,
            ContentSink sink,
            ContentOptions options) {
        this.provider = provider;
        this.time = time;
        this.guard = guard;
        this.threads = threads;
        this.sink = new CarefulSink(sink);
        this.options = options;
    }

    /**
     * Reads what the policy names, the newest emails first, and finds them by asking the provider for all of its mailboxes, or those of
     * the options.
     *
     * @param progress hears after each step, on the calling thread
     * @throws MailException where it makes no sense to go on: the account cannot be reached or refuses, or three emails in a row could not
     *     be read or kept. What was written before stays
     */
    public ContentReport run(Consumer<ContentReport> progress) {
        Reading reading = inBackground();
        Tally tally = new Tally();
        ContentRun run = newRun(reading, tally, progress);
        Candidates candidates = new Candidates(provider, reading, options, time.now());
        if (options.policy().isAll()) {
            candidates.eachPage(run::read);
        } else if (options.policy().emails() > 0) {
            readAll(candidates.recent(), run, tally);
        }
        return tally.end();
    }

    /**
     * Reads what the policy names of some emails, the newest first, without asking the provider what there is; for who keeps a list of
     * emails already. On Gmail that saves 20 units for each.
     *
     * @param emails at any level
     * @param progress hears after each step, on the calling thread
     * @throws MailException as {@link #run(Consumer)}
     */
    public ContentReport run(Collection<Email> emails, Consumer<ContentReport> progress) {
        Reading reading = inBackground();
        Tally tally = new Tally();
        List<Seen> wanted = new Candidates(provider, reading, options, time.now()).among(emails);
        readAll(wanted, newRun(reading, tally, progress), tally);
        return tally.end();
    }

    /**
     * Fetches what is wanted of one email, for somebody who waits; asks nobody where the sink has it.
     *
     * @throws MailException NOT_FOUND where the email is gone, PROTOCOL where it comes in another length than was told, STORAGE where the
     *     sink fails
     */
    public ContentReport fetch(EmailId email) {
        return fetch(email, options.wanted());
    }

    /** Fetches something else of one email than the options say, as {@link #fetch(EmailId)} does. */
    public ContentReport fetch(EmailId email, Wanted wanted) {
        Tally tally = new Tally();
        tally.expect(1);
        if (sink.complete(List.of(email), wanted).contains(email)) {
            tally.held(1);
            return tally.report();
        }
        ContentReader reader = newReader(new OnDemand(time, options.timeout()), tally);
        if (wanted.message()) {
            message(reader, email, 0);
            return tally.report();
        }
        Email found = reader.structures(List.of(email)).stream().findFirst().orElseThrow(ContentFetcher::gone);
        BodyPart root = found.body();
        if (root == null || found.size() <= wholeUpTo()) {
            message(reader, email, found.size());
        } else {
            reader.parts(email, wanted.of(root), wanted);
        }
        return tally.report();
    }

    /**
     * Fetches one part, whatever the options say, for somebody who waits; asks nobody where the sink has it.
     *
     * @param part from the email's structure
     * @throws MailException as {@link #fetch(EmailId)}
     */
    public ContentReport fetch(EmailId email, BodyPart part) {
        Tally tally = new Tally();
        newReader(new OnDemand(time, options.timeout()), tally).part(email, part);
        return tally.report();
    }

    private static void message(ContentReader reader, EmailId email, long size) {
        MessageBatch one = new MessageBatch(List.of(email));
        reader.messages(one, size);
        one.failures().values().forEach(failure -> {
            throw failure;
        });
        if (!one.left().isEmpty()) {
            throw gone();
        }
    }

    private static void readAll(List<Seen> emails, ContentRun run, Tally tally) {
        tally.expect(emails.size());
        for (int from = 0; from < emails.size(); from += Candidates.PAGE) {
            run.read(emails.subList(from, Math.min(emails.size(), from + Candidates.PAGE)));
        }
    }

    private Reading inBackground() {
        return new InBackground(guard, time, options.timeout());
    }

    private ContentRun newRun(Reading reading, Tally tally, Consumer<ContentReport> progress) {
        return new ContentRun(provider, newReader(reading, tally), sink, tally, options, progress);
    }

    private ContentReader newReader(Reading reading, Tally tally) {
        return new ContentReader(provider, reading, threads, options.parallel(), sink, tally);
    }

    private long wholeUpTo() {
        return options.wholeUpTo() < 0 ? provider.wholeUpTo() : options.wholeUpTo();
    }

    private static MailException gone() {
        return MailException.of(Kind.NOT_FOUND, "the email is gone, or its id is of before a move; query for it again");
    }
}
