package dev.steadymail.testkit.imap;

import java.util.regex.Pattern;

/** A pattern of LIST: {@code *} matches anything, {@code %} anything within a level (RFC 3501 section 6.3.8). */
final class MailboxPattern {

    private final Pattern pattern;

    MailboxPattern(String text) {
        StringBuilder regex = new StringBuilder();
        for (char c :
                text.replaceAll("[*%]*\\*[*%]*", "*").replaceAll("%+", "%").toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '%' -> regex.append("[^" + ServerMailbox.DELIMITER + "]*");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
