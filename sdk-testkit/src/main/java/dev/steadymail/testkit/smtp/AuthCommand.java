package dev.steadymail.testkit.smtp;

/** AUTH (RFC 4954). */
final class AuthCommand implements Command {

    @Override
    public void run(Conversation talk, CommandLine line) {
        talk.mustBeLast();
        talk.at(SmtpStage.AUTH, 0, () -> begin(talk, line.argument().split(" ", -1)));
    }

    private static void begin(Conversation talk, String[] words) {
        SmtpSettings settings = talk.settings();
        if (!settings.hasLogins()) {
            throw CommandRefusedException.syntax(502, "5.5.1", "there is no AUTH here");
        }
        if (!talk.isExtended() || talk.user() != null || talk.transaction() != null) {
            throw CommandRefusedException.outOfOrder("AUTH comes once, behind EHLO and before MAIL");
        }
        if (!settings.mayLogIn(talk.isEncrypted())) {
            throw CommandRefusedException.syntax(538, "5.7.11", "encryption required");
        }
        if (words[0].isEmpty() || words.length > 2) {
            throw CommandRefusedException.syntax(501, "5.5.4", "AUTH takes a mechanism and perhaps a response");
        }
        SmtpMechanism mechanism = SmtpMechanism.named(words[0]);
        if (mechanism == null || !settings.offers(mechanism)) {
            throw CommandRefusedException.syntax(504, "5.5.4", "this mechanism is not offered");
        }
        SaslLines login = new SaslLines(talk, mechanism.begin(settings.users()));
        if (words.length == 1) {
            login.invite();
        } else {
            login.respond(words[1].equals("=") ? "" : words[1]);
        }
    }
}
