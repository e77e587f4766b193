package dev.steadymail.cli.send;

import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.terminal.SafeText;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.mail.SendResult;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxFailure;
import dev.steadymail.send.OutboxRefusal;
import dev.steadymail.send.OutboxState;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what became of messages: a line of data for each, and for people what to do where it did not go well. */
public final class SendReport {
    private static final String LOST =
            "no answer came, and it is not among the sent mail, but it may have arrived; ask a recipient before you send it again";

    private final PrintStream out;
    private final Consumer<String> tell;

    /**
     * Takes both outputs.
     *
     * @param out data
     * @param tell shows a line to people, made safe
     */
    public SendReport(PrintStream out, Consumer<String> tell) {
        this.out = out;
        this.tell = tell;
    }

    /** Prints an entry: state, key, email id or nothing, with tabs between. */
    public void print(OutboxEntry entry) {
        line(state(entry), entry.key(), entry.emailId());
    }

    /** Explains an entry and returns the exit code for it. */
    public ExitCode explain(OutboxEntry entry) {
        return switch (state(entry)) {
            case SENT, SENT_BEFORE -> sent(entry);
            case UNKNOWN -> {
                tell.accept(
                        entry.isSettled()
                                ? LOST + ", with another key"
                                : "no answer came, and it was not found among the sent mail yet; --resume looks again");
                yield ExitCode.UNREACHED;
            }
            case REFUSED -> refused(entry.failure());
            case CANCELLED -> {
                tell.accept("it was taken back before it left; to send it after all use another key");
                yield ExitCode.USAGE;
            }
            case QUEUED, SENDING -> queued(entry);
        };
    }

    /** Prints how the sending of a draft ended, explains it and returns the exit code. */
    public ExitCode tell(SendResult result) {
        if (result instanceof SendResult.Sent sent) {
            line(OutboxState.SENT, "", sent.emailId());
            for (RefusedRecipient refused : sent.refused()) {
                refusal(refused.address(), String.valueOf(refused.cause().getMessage()));
            }
            return sent.refused().isEmpty() ? ExitCode.DONE : ExitCode.IN_PART;
        }
        line(OutboxState.UNKNOWN, "", null);
        tell.accept(
                "no answer came, so it may have been sent; look among the sent mail before you send the draft again");
        return ExitCode.UNREACHED;
    }

    /** A message that could not be taken back in time is either where it was, or on its way. */
    private static OutboxState state(OutboxEntry entry) {
        if (entry.state() != OutboxState.SENDING) {
            return entry.state();
        }
        return entry.leftAt() == null ? OutboxState.QUEUED : OutboxState.UNKNOWN;
    }

    private ExitCode sent(OutboxEntry entry) {
        for (OutboxRefusal refusal : entry.refusals()) {
            refusal(refusal.address(), refusal.failure().message());
        }
        return entry.refusals().isEmpty() ? ExitCode.DONE : ExitCode.IN_PART;
    }

    private void refusal(String address, String why) {
        tell.accept("not sent to " + address + ": " + why);
    }

    private ExitCode queued(OutboxEntry entry) {
        OutboxFailure failure = entry.failure();
        String when = entry.dueAt() == null ? "" : ", from " + entry.dueAt().truncatedTo(ChronoUnit.SECONDS) + " on";
        tell.accept("not sent yet: " + reason(failure) + "; it waits in the outbox, and --resume lets it go" + when);
        boolean login = failure != null && (failure.kind() == Kind.AUTH || failure.kind() == Kind.REAUTH_REQUIRED);
        return login ? ExitCode.CREDENTIALS : ExitCode.UNREACHED;
    }

    /** What cut it off were we, or a process before us. */
    private static String reason(@Nullable OutboxFailure failure) {
        if (failure == null) {
            return "the time was over";
        }
        return failure.kind() == Kind.CANCELLED
                ? "it was cut off before it left, and a longer --deadline gives it more time"
                : failure.message();
    }

    private ExitCode refused(@Nullable OutboxFailure failure) {
        tell.accept("not sent: " + (failure == null ? "it was refused" : failure.message())
                + "; a changed message needs another key");
        Kind kind = failure == null ? Kind.INVALID : failure.kind();
        // The process that was cancelled is another one, long gone.
        return kind == Kind.CANCELLED ? ExitCode.UNREACHED : ExitCode.ofQuestion(kind);
    }

    private void line(OutboxState state, String key, @Nullable EmailId email) {
        out.print(state.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + "\t" + SafeText.line(key)
                + "\t" + (email == null ? "" : SafeText.line(email.value())) + "\n");
    }
}
