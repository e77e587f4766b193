package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one email, or hands out its octets or one of its parts. */
@Command(
        description = "Shows one email: header, attachments and plain text.",
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class)
final class ShowCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Parameters(index = "1", paramLabel = "ID", description = "The id that search prints.")
    private String id = "";

    @Option(names = "--raw", description = "The exact octets of the message instead.")
    private boolean raw;

    @Option(names = "--attachment", paramLabel = "PART", description = "The decoded content of this part instead.")
    private @Nullable String part;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where --raw and --attachment write to: a new file, or - for standard output.")
    private @Nullable String output;

    ShowCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        EmailId email = EmailIds.read("ID", id);
        if (raw && part != null) {
            throw CommandException.usage("--raw and --attachment exclude each other; leave one out");
        }
        if (output != null && !raw && part == null) {
            throw CommandException.usage("-o needs --raw or --attachment");
        }
        if (part != null && output == null) {
            throw CommandException.usage("--attachment needs -o FILE, or -o - for standard output");
        }
        return new Question(environment, account).ask(client -> show(client, email));
    }

    private void show(MailClient client, EmailId email) {
        if (raw) {
            write(client.emails().raw(email));
        } else if (part != null) {
            BodyPart named = find(client.emails().get(email, FetchLevel.STRUCTURE), part);
            write(client.emails().attachment(email, named));
        } else {
            new EmailText(client, environment.out()).print(client.emails().get(email, FetchLevel.STRUCTURE));
        }
    }

    private void write(InputStream octets) {
        Octets.write(octets, output == null || output.equals("-") ? null : output, environment.out());
    }

    private static BodyPart find(Email email, String partId) {
        BodyPart body = email.body();
        return (body == null ? Stream.<BodyPart>empty() : body.walk())
                .filter(each -> each.partId().equals(partId))
                .findFirst()
                .orElseThrow(() -> CommandException.usage(
                        "--attachment names a part that is not there; show the email without it to see its parts"));
    }
}
