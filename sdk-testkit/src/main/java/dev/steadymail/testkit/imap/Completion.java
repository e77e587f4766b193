package dev.steadymail.testkit.imap;

/**
 * The tagged answer of a command.
 *
 * @param status OK, NO or BAD
 * @param text human-readable text, with a response code in brackets before it if there is one
 */
record Completion(String status, String text) {

    static Completion ok(String text) {
        return new Completion("OK", text);
    }

    static Completion ok(String responseCode, String text) {
        return new Completion("OK", coded(responseCode, text));
    }

    static Completion no(String responseCode, String text) {
        return new Completion("NO", coded(responseCode, text));
    }

    static Completion bad(String text) {
        return new Completion("BAD", text);
    }

    private static String coded(String responseCode, String text) {
        return responseCode.isEmpty() ? text : "[" + responseCode + "] " + text;
    }
}
