package dev.steadymail.testkit.memory;

import dev.steadymail.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the addresses of a header field (RFC 5322 section 3.4); groups lose their name. */
final class AddressList {
    private static final Pattern ADDRESS =
            Pattern.compile("((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^,<\"])*)<([^>]*)>|((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^,\"])+)");
    private static final Pattern GROUP = Pattern.compile("(?:^|,)[^\"<@,:]*:([^;]*);");

    private AddressList() {}

    static List<EmailAddress> parse(@Nullable String field) {
        List<EmailAddress> addresses = new ArrayList<>();
        if (field != null) {
            Matcher found = ADDRESS.matcher(GROUP.matcher(field).replaceAll(",$1"));
            while (found.find()) {
                add(found, addresses);
            }
        }
        return addresses;
    }

    private static void add(Matcher found, List<EmailAddress> addresses) {
        if (found.group(2) != null) {
            addresses.add(new EmailAddress(name(found.group(1)), found.group(2).trim()));
        } else if (!found.group(3).isBlank()) {
            addresses.add(new EmailAddress(null, found.group(3).trim()));
        }
    }

    private static @Nullable String name(String text) {
        String trimmed = text.replaceFirst("^\\s*,", "").trim();
        String plain = trimmed.length() > 1 && trimmed.startsWith("\"")
                ? trimmed.substring(1, trimmed.length() - 1).replaceAll("\\\\(.)", "$1")
                : trimmed;
        return plain.isEmpty() ? null : EncodedWords.decode(plain);
    }
}
