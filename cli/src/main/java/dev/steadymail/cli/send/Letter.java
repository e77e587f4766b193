package dev.steadymail.cli.send;

import dev.steadymail.Drafts;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import java.time.Instant;

/** What is to be sent or kept as a draft: an email that was put together, or a message as it is. */
public sealed interface Letter {
    /** Puts it into an outbox, to leave at once. */
    OutboxEntry enqueue(Outbox outbox, String key, Instant now);

    /** Keeps it as a draft and returns its id. */
    EmailId create(Drafts drafts);

    /** Puts it in place of a draft and returns its new id. */
    EmailId replace(EmailId draft, Drafts drafts);

    /** An email that was put together. */
    record Written(OutgoingEmail email) implements Letter {
        @Override
        public OutboxEntry enqueue(Outbox outbox, String key, Instant now) {
            return outbox.enqueue(email, key, now);
        }

        @Override
        public EmailId create(Drafts drafts) {
            return drafts.create(email);
        }

        @Override
        public EmailId replace(EmailId draft, Drafts drafts) {
            return drafts.replace(draft, email);
        }
    }

    /** A message as it is. */
    record AsItIs(RawContent message) implements Letter {
        @Override
        public OutboxEntry enqueue(Outbox outbox, String key, Instant now) {
            return outbox.enqueue(message, key, now);
        }

        @Override
        public EmailId create(Drafts drafts) {
            return drafts.create(message);
        }

        @Override
        public EmailId replace(EmailId draft, Drafts drafts) {
            return drafts.replace(draft, message);
        }
    }
}
