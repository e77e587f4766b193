package dev.steadymail.observability.canary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Words that stand in secrets, addresses, names and content, and must be found nowhere else. */
final class Canaries {
    static final String USER = "kanaruser@kanarhost.example";
    static final String PASSWORD = "kanarpassword";
    static final String TOKEN = "kanartoken";
    static final String MAILBOX = "kanarmailbox";
    static final String KEYWORD = "kanarkeyword";
    static final String SUBJECT = "kanarsubject";
    static final String BODY = "kanarbody";
    static final String FILE = "kanarfile";
    static final String MESSAGE_ID = "kanarid";
    static final String SENDER = "kanarsender";
    static final String RECIPIENT = "kanarrecipient";
    static final String SEARCH = "kanarsearch";
    /** What a server says in its errors. */
    static final String SERVER = "kanarserver";
    /** Names of draft and outbox keys. */
    static final String KEY = "kanarkey";

    private static final List<String> ALL = List.of(
            "kanaruser",
            "kanarhost",
            PASSWORD,
            TOKEN,
            MAILBOX,
            KEYWORD,
            SUBJECT,
            BODY,
            FILE,
            MESSAGE_ID,
            SENDER,
            RECIPIENT,
            SEARCH,
            SERVER,
            KEY);

    private Canaries() {}

    /** Returns which canaries are in some octets, in whatever form, each with what stands around it. */
    static List<String> in(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String exact = new String(octets, StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        for (String canary : ALL) {
            forms(canary).forEach((form, written) -> {
                String where = form.startsWith("base64") ? exact : text;
                int at = where.indexOf(written);
                if (at >= 0) {
                    int from = Math.max(0, at - 80);
                    int to = Math.min(where.length(), at + written.length() + 80);
                    found.add(canary + " as " + form + " in: " + where.substring(from, to));
                }
            });
        }
        return found;
    }

    private static Map<String, String> forms(String canary) {
        Map<String, String> forms = new TreeMap<>();
        forms.put("plain", canary);
        forms.put("UTF-16", spread(canary));
        forms.put("hex", hex(canary));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = ("xxx".substring(0, shift) + canary).getBytes(StandardCharsets.US_ASCII);
            String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // Both ends depend on what stands beside it.
            forms.put("base64 " + shift, coded.substring(shift == 0 ? 0 : 4, coded.length() - coded.length() % 4));
        }
        return forms;
    }

    private static String spread(String canary) {
        return String.join("\0", canary.split(""));
    }

    private static String hex(String canary) {
        StringBuilder hex = new StringBuilder();
        canary.chars().forEach(character -> hex.append(Integer.toHexString(character)));
        return hex.toString();
    }

    /** Returns a message that is full of them. */
    static byte[] message(int number) {
        return ("From: \"" + SENDER + "\" <" + SENDER + "@kanarhost.example>\r\n"
                        + "To: " + USER + ", " + RECIPIENT + "@kanarhost.example\r\n"
                        + "Message-ID: <" + MESSAGE_ID + number + "@kanarhost.example>\r\n"
                        + "Subject: " + SUBJECT + " " + number + "\r\n"
                        + "MIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/mixed; boundary=\"" + FILE + "b\"\r\n\r\n"
                        + "--" + FILE + "b\r\nContent-Type: text/plain\r\n\r\n" + BODY + "\r\n"
                        + "--" + FILE + "b\r\nContent-Type: application/pdf; name=\"" + FILE + ".pdf\"\r\n"
                        + "Content-Disposition: attachment; filename=\"" + FILE + ".pdf\"\r\n\r\n" + BODY + "\r\n"
                        + "--" + FILE + "b--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
