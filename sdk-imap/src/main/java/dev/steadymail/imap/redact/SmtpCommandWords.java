package dev.steadymail.imap.redact;

/** Makes lines of a log from commands of SMTP: verbs, known parameters and sizes stay, all else is a length. */
public final class SmtpCommandWords {
    private static final Words VERBS = Words.of("EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY");
    private static final Words PARAMETERS =
            Words.of("SIZE BODY SMTPUTF8 RET ENVID NOTIFY ORCPT AUTH MT-PRIORITY REQUIRETLS");
    private static final Words VALUES = Words.of("7BIT 8BITMIME BINARYMIME FULL HDRS NEVER SUCCESS FAILURE DELAY");

    private final LineText line = new LineText();
    private final String command;
    private int at;

    private SmtpCommandWords(String command) {
        this.command = command;
    }

    /** Returns the line of one command, which has no line end. */
    public static String line(String command) {
        SmtpCommandWords words = new SmtpCommandWords(command);
        words.verb();
        return words.line.toString();
    }

    private void verb() {
        String word = word();
        String known = VERBS.find(word);
        line.wordOr(known, word.length());
        switch (known == null ? "" : known) {
            case "AUTH" -> CommandWords.addMechanism(line.word(" "), rest());
            case "MAIL", "RCPT" -> envelope(word);
            case "BDAT" -> chunk();
            default -> hideRest();
        }
    }

    private void chunk() {
        String size = word();
        line.word(" ").numbers(size);
        String last = word();
        if (last.equals("LAST")) {
            line.word(" LAST");
        } else if (!last.isEmpty()) {
            line.word(" ").length(last.length());
        }
        hideRest();
    }

    private void envelope(String verb) {
        String expected = verb.equalsIgnoreCase("MAIL") ? "FROM:<" : "TO:<";
        if (!command.startsWith(expected, at)) {
            hideRest();
            return;
        }
        int from = at + expected.length();
        int end = endOfPath(from);
        line.word(" " + expected).word(end - from + ">");
        at = Math.min(command.length(), end + 1);
        if (at < command.length() && command.charAt(at) != ' ') {
            hideRest();
            return;
        }
        at++;
        while (at < command.length()) {
            parameter(word());
        }
    }

    /** A local part may be quoted, with any sign inside. */
    private int endOfPath(int from) {
        boolean quoted = false;
        for (int i = from; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return command.length();
    }

    private void parameter(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String known = PARAMETERS.find(name);
        line.word(" ");
        if (known == null) {
            line.length(parameter.length());
            return;
        }
        line.word(known);
        if (equals >= 0) {
            line.word("=");
            value(known, parameter.substring(equals + 1));
        }
    }

    private void value(String name, String value) {
        if (name.equals("SIZE")) {
            line.numbers(value);
        } else if (name.equals("BODY") || name.equals("RET") || name.equals("NOTIFY")) {
            String comma = "";
            for (String each : value.split(",", -1)) {
                line.word(comma).wordOr(VALUES.find(each), each.length());
                comma = ",";
            }
        } else {
            line.length(value.length());
        }
    }

    /** Returns what is up to the next space, and passes over that. */
    private String word() {
        int space = command.indexOf(' ', at);
        int end = space < 0 ? command.length() : space;
        String word = command.substring(Math.min(at, end), end);
        at = Math.min(command.length(), end + 1);
        return word;
    }

    private String rest() {
        String rest = command.substring(at).strip();
        at = command.length();
        return rest;
    }

    private void hideRest() {
        if (at < command.length()) {
            line.word(" ").length(command.length() - at);
            at = command.length();
        }
    }
}
