package dev.steadymail.benchmarks.imap;

import dev.steadymail.Emails;
import dev.steadymail.MailClient;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.query.EmailQuery;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** This SDK through its public API: one query, or one call for all raw messages, with the limits that accounts have by default. */
final class SteadymailReader implements Contestant {
    private static final EmailQuery INBOX = EmailQuery.in(Role.INBOX).pageSize(EmailQuery.MAX_PAGE_SIZE);

    private final Steadymail steadymail;
    private final Endpoint endpoint;
    private final MailClient client;
    private List<EmailId> ids = List.of();

    SteadymailReader(Steadymail steadymail, Endpoint endpoint) {
        this.steadymail = steadymail;
        this.endpoint = endpoint;
        this.client = steadymail.open(endpoint);
    }

    /** Raw messages are asked for by id; the ids come through another client, so that the run still has to connect. */
    @Override
    public void prepare(Task task) {
        if (task == Task.BODIES) {
            try (MailClient other = steadymail.open(endpoint)) {
                ids = emails(other).query(INBOX.fetch(FetchLevel.STATE)).stream()
                        .map(Email::id)
                        .toList();
            }
        }
        steadymail.forgetWaits();
    }

    @Override
    public Reading read(Task task) {
        Tally tally = new Tally();
        if (task == Task.METADATA) {
            emails(client).query(INBOX.fetch(FetchLevel.STRUCTURE)).forEach(tally::touch);
        } else {
            emails(client).raw(ids, tally);
        }
        return new Reading(
                tally.messages,
                tally.contentBytes,
                client.traffic().bytes(),
                client.traffic().requests(),
                steadymail.waited());
    }

    private static Emails emails(MailClient client) {
        return client.in(Lane.BACKFILL).emails();
    }

    @Override
    public void close() {
        client.close();
    }

    /** Looks at what a list would show, and reads raw messages to their ends. */
    private static final class Tally implements RawVisitor {
        private static final int BUFFER = 1 << 13;

        private final byte[] buffer = new byte[BUFFER];
        private long messages;
        private long contentBytes;
        private long touched;

        void touch(Email email) {
            var envelope = email.envelope();
            var body = email.body();
            if (envelope == null || body == null) {
                throw new IllegalStateException("an email came without its envelope or its structure");
            }
            messages++;
            touched += email.id().value().length()
                    + envelope.subject().length()
                    + envelope.from().size()
                    + envelope.to().size()
                    + (envelope.sentAt() == null ? 0 : 1)
                    + email.receivedAt().toEpochMilli()
                    + (email.isSeen() ? 1 : 0)
                    + email.size()
                    + body.walk().count();
        }

        @Override
        public void message(Email email, InputStream content) throws IOException {
            messages++;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                contentBytes += read;
            }
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            throw new IllegalStateException("a message cannot be read after " + touched + " touched", reason);
        }
    }
}
