package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.send.Addresses;
import dev.steadymail.cli.send.Letter;
import dev.steadymail.cli.send.MessageFiles;
import dev.steadymail.cli.send.Reply;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a message is, the same for sending and for drafts. */
final class MessageArguments {
    @Option(names = "--from", paramLabel = "ADDR", description = "Who writes; the USER of ACCOUNT if not given.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "ADDR", description = "A recipient, as ada@example.com; may be repeated.")
    private List<String> to = new ArrayList<>();

    @Option(names = "--cc", paramLabel = "ADDR", description = "One who gets a copy; may be repeated.")
    private List<String> cc = new ArrayList<>();

    @Option(names = "--bcc", paramLabel = "ADDR", description = "One who gets it unseen; may be repeated.")
    private List<String> bcc = new ArrayList<>();

    @Option(names = "--subject", paramLabel = "S", description = "The subject.")
    private @Nullable String subject;

    @Option(names = "--text", paramLabel = "TEXT", description = "The text.")
    private @Nullable String text;

    @Option(names = "--text-file", paramLabel = "FILE", description = "The text in a file; - for standard input.")
    private @Nullable Path textFile;

    @Option(names = "--html-file", paramLabel = "FILE", description = "The same as HTML, in a file.")
    private @Nullable Path htmlFile;

    @Option(names = "--attach", paramLabel = "FILE", description = "A file to go along; may be repeated.")
    private List<Path> attachments = new ArrayList<>();

    @Option(names = "--reply-to", paramLabel = "ID", description = "Answers this email, whose text is quoted.")
    private @Nullable String replyTo;

    @Option(names = "--all", description = "With --reply-to: answers all who got it.")
    private boolean all;

    @Option(names = "--eml", paramLabel = "FILE", description = "A whole message as it is, instead of all the above.")
    private @Nullable Path eml;

    /** Returns whether none of the options was given. */
    boolean isEmpty() {
        return eml == null && isUnwritten();
    }

    /** Refuses what lacks a text or recipients, which a draft may lack. */
    void checkComplete() {
        if (eml != null) {
            return;
        }
        if (text == null && textFile == null && htmlFile == null) {
            throw CommandException.usage("give --text TEXT, --text-file FILE, --html-file FILE or --eml FILE");
        }
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty() && replyTo == null) {
            throw CommandException.usage("give at least one --to ADDR, or --reply-to ID");
        }
    }

    /**
     * Reads arguments and files; what is returned reads the email that is answered.
     *
     * @throws CommandException wrong usage
     */
    Function<MailClient, Letter> letter(AccountUrl url, CommandEnvironment environment) {
        if (eml != null) {
            if (!isUnwritten()) {
                throw CommandException.usage("--eml is a whole message; leave the other options about it out");
            }
            Letter message = new Letter.AsItIs(MessageFiles.message("--eml", eml));
            return unused -> message;
        }
        EmailAddress author = author(url);
        Reply reply = reply();
        Function<OutgoingEmail, OutgoingEmail> writing = writing(environment);
        return client -> new Letter.Written(
                writing.apply(reply == null ? OutgoingEmail.from(author) : reply.begin(client, author)));
    }

    private boolean isUnwritten() {
        boolean hasNoText = text == null && textFile == null && htmlFile == null && attachments.isEmpty();
        boolean goesToNobody = to.isEmpty() && cc.isEmpty() && bcc.isEmpty() && replyTo == null && !all;
        return hasNoText && goesToNobody && from == null && subject == null;
    }

    private EmailAddress author(AccountUrl url) {
        if (from != null) {
            return Addresses.one("--from", from);
        }
        if (!OutgoingEmail.accepts(url.user())) {
            throw CommandException.usage("the USER of ACCOUNT is no address; give --from ADDR");
        }
        return new EmailAddress(null, url.user());
    }

    private @Nullable Reply reply() {
        if (replyTo == null && all) {
            throw CommandException.usage("--all needs --reply-to ID");
        }
        return replyTo == null ? null : new Reply(EmailIds.read("--reply-to", replyTo), all);
    }

    private Function<OutgoingEmail, OutgoingEmail> writing(CommandEnvironment environment) {
        EmailAddress[] recipients = addresses("--to", to);
        EmailAddress[] copies = addresses("--cc", cc);
        EmailAddress[] unseen = addresses("--bcc", bcc);
        String plain = plain(environment);
        String html = htmlFile == null ? null : MessageFiles.text("--html-file", htmlFile, environment.in());
        List<OutgoingPart> parts =
                attachments.stream().map(MessageFiles::attachment).toList();
        return begun -> {
            OutgoingEmail email = begun.to(recipients).cc(copies).bcc(unseen);
            email = subject == null ? email : email.subject(subject);
            email = plain == null ? email : email.text(plain + Objects.requireNonNullElse(begun.text(), ""));
            email = html == null ? email : email.html(html);
            for (OutgoingPart part : parts) {
                email = email.with(part);
            }
            return email;
        };
    }

    private static EmailAddress[] addresses(String option, List<String> values) {
        return Addresses.read(option, values).toArray(EmailAddress[]::new);
    }

    private @Nullable String plain(CommandEnvironment environment) {
        if (text != null && textFile != null) {
            throw CommandException.usage("--text and --text-file exclude each other; leave one out");
        }
        if (isInput(textFile) && isInput(htmlFile)) {
            throw CommandException.usage("standard input can be read once; name a file for --html-file");
        }
        return textFile == null ? text : MessageFiles.text("--text-file", textFile, environment.in());
    }

    private static boolean isInput(@Nullable Path file) {
        return file != null && file.toString().equals("-");
    }
}
