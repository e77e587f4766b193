package dev.steadymail.testkit.smtp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** RCPT (RFC 5321 section 4.1.1.3). Every address is accepted, so that only faults refuse one. */
final class RcptCommand implements Command {
    private static final String CONDITION = "(?:SUCCESS|FAILURE|DELAY)";
    private static final String NOTIFY = "(?i)NEVER|" + CONDITION + "(?:," + CONDITION + "){0,2}";
    private static final Pattern COMMA = Pattern.compile(",");

    /** RFC 3461 section 4.2. */
    private static final String ORIGINAL = "[A-Za-z0-9-]+;.{1,500}";

    @Override
    public void run(Conversation talk, CommandLine line) {
        Transaction transaction = talk.requireTransaction();
        if (transaction.isInChunks()) {
            throw CommandRefusedException.outOfOrder("too late for a recipient");
        }
        talk.at(SmtpStage.RCPT, transaction.tryRecipient(), () -> add(talk, transaction, line));
    }

    private static void add(Conversation talk, Transaction transaction, CommandLine line) {
        PathArgument path = PathArgument.read("TO", line.argument());
        path.requireAscii(transaction.parameters().smtpUtf8());
        EsmtpParameters given = EsmtpParameters.read(path.rest());
        boolean dsn = talk.isExtended() && talk.settings().offers(SmtpExtension.DSN);
        String notify = dsn ? given.take("NOTIFY", NOTIFY) : null;
        String original = dsn ? given.take("ORCPT", ORIGINAL) : null;
        given.requireNoMore();
        if (transaction.recipients() >= talk.settings().recipientLimit()) {
            throw CommandRefusedException.refused(452, "4.5.3", "too many recipients");
        }
        transaction.add(new SmtpRecipient(path.address(), words(notify == null ? "" : notify), original));
        talk.reply(250, "2.1.5", "recipient ok");
    }

    private static Set<String> words(String notify) {
        if (notify.isEmpty()) {
            return Set.of();
        }
        String[] words = COMMA.split(notify.toUpperCase(Locale.ROOT), -1);
        Set<String> distinct = Set.copyOf(Arrays.asList(words));
        if (distinct.size() != words.length) {
            throw CommandRefusedException.syntax(501, "5.5.4", "NOTIFY says a thing twice");
        }
        return distinct;
    }
}
