package dev.steadymail.gmail;

import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.Submission;
import dev.steadymail.testkit.conformance.SampleMail;
import java.util.List;
import java.util.Set;

/** What is asked for while a fault waits; says what came of it. */
enum FaultedCall {
    /** One GET. */
    LIST_LABELS {
        @Override
        String on(FaultedAccount account) {
            return account.mail.mailboxes().list().isEmpty() ? "nothing" : "done";
        }
    },
    /** One POST with five parts. */
    READ_5 {
        @Override
        String on(FaultedAccount account) {
            int read =
                    account.mail.emails().get(account.ids, FetchLevel.METADATA).size();
            return read == account.ids.size() ? "done" : "done, " + read + " of them";
        }
    },
    /** One POST that may be repeated. */
    STAR {
        @Override
        String on(FaultedAccount account) {
            account.mail.emails().addKeyword(account.ids.subList(0, 1), Keyword.FLAGGED);
            boolean starred = account.mailbox().messages().stream()
                    .anyMatch(message -> message.labelIds().contains("STARRED"));
            return starred ? "done" : "done, none left";
        }
    },
    /** One POST, into a label that was deleted a moment ago. */
    MOVE {
        @Override
        String on(FaultedAccount account) {
            MailboxId gone = new MailboxId("Label_4711");
            var unused = account.mail.emails().move(account.ids.subList(0, 1), new MailboxId("INBOX"), gone);
            return "done";
        }
    },
    /** One POST that must not be repeated. */
    SEND {
        @Override
        String on(FaultedAccount account) {
            SendResult result = account.provider().send(Submission.of(message()), account.call());
            return result.fold(
                    sent -> "sent", unknown -> "UNKNOWN: " + unknown.cause().kind());
        }
    },
    /** One POST that must not be repeated. */
    IMPORT {
        @Override
        String on(FaultedAccount account) {
            var unused = account.mail.emails().importEmail(message(), EmailImport.into(new MailboxId("INBOX")));
            return "done";
        }
    },
    /** One POST that must not be repeated. */
    CREATE_LABEL {
        @Override
        String on(FaultedAccount account) {
            var unused = account.mail.mailboxes().create(List.of("Projects"));
            return "done";
        }
    };

    abstract String on(FaultedAccount account);

    private static RawContent message() {
        return RawContent.of(SampleMail.named("a").bytes());
    }

    static final Set<FaultedCall> WRITES = Set.of(SEND, IMPORT, CREATE_LABEL);
}
