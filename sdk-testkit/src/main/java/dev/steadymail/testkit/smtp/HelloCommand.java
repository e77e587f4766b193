package dev.steadymail.testkit.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** EHLO and HELO (RFC 5321 section 4.1.1.1). Either ends a transaction. */
final class HelloCommand implements Command {
    private static final Pattern CLIENT =
            Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?|\\[[!-Z^-~]+\\]");

    private final boolean extended;

    HelloCommand(boolean extended) {
        this.extended = extended;
    }

    @Override
    public void run(Conversation talk, CommandLine line) {
        if (extended) {
            talk.mustBeLast();
        }
        talk.at(extended ? SmtpStage.EHLO : SmtpStage.HELO, 0, () -> hello(talk, line));
    }

    private void hello(Conversation talk, CommandLine line) {
        if (!CLIENT.matcher(line.argument()).matches()) {
            throw CommandRefusedException.syntax(501, "5.5.4", "a domain or an address in brackets must follow");
        }
        talk.greetedBy(extended);
        talk.output()
                .reply(new SmtpReply(
                        250,
                        "",
                        extended ? offers(talk) : List.of(talk.settings().name())));
    }

    private static List<String> offers(Conversation talk) {
        SmtpSettings settings = talk.settings();
        List<String> lines = new ArrayList<>(List.of(settings.name()));
        if (settings.offersStartTls() && !talk.isEncrypted()) {
            lines.add("STARTTLS");
        }
        for (SmtpExtension extension : SmtpExtension.values()) {
            if (settings.offers(extension)) {
                lines.add(extension.keyword() + argument(extension, settings));
            }
        }
        if (!settings.mayLogIn(talk.isEncrypted())) {
            lines.removeIf(text -> text.startsWith(SmtpExtension.AUTH.keyword()));
        }
        return lines;
    }

    private static String argument(SmtpExtension extension, SmtpSettings settings) {
        return switch (extension) {
            case SIZE -> " " + settings.sizeLimit();
            case AUTH ->
                settings.mechanisms().stream().map(SmtpMechanism::keyword).collect(Collectors.joining(" ", " ", ""));
            default -> "";
        };
    }
}
