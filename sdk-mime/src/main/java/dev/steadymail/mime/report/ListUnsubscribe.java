package dev.steadymail.mime.report;

import dev.steadymail.mime.MimeHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How to leave the list that a message came over (RFC 2369 section 3.2, RFC 8058). The sender wrote it: before asking an address, look
 * at whether the message is authentic, and never ask addresses of your own network. Immutable.
 *
 * @param web addresses by https, in the order in which the sender prefers them
 * @param mail addresses by mailto
 * @param oneClick whether a POST of {@code List-Unsubscribe=One-Click} to the first web address is all that is needed
 */
public record ListUnsubscribe(List<URI> web, List<URI> mail, boolean oneClick) {
    private static final int MAX_URIS = 20;

    public ListUnsubscribe {
        web = List.copyOf(web);
        mail = List.copyOf(mail);
    }

    /** Returns what a message says; without any address where it says nothing. */
    public static ListUnsubscribe of(MimeHeaders headers) {
        List<URI> web = new ArrayList<>();
        List<URI> mail = new ArrayList<>();
        for (String address : headers.ids("List-Unsubscribe")) {
            add(address.replaceAll("\\s", ""), web, mail);
        }
        boolean post = headers.text("List-Unsubscribe-Post").strip().equalsIgnoreCase("List-Unsubscribe=One-Click");
        return new ListUnsubscribe(web, mail, post && !web.isEmpty());
    }

    private static void add(String address, List<URI> web, List<URI> mail) {
        if (web.size() + mail.size() >= MAX_URIS) {
            return;
        }
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("https") && uri.getHost() != null && uri.getUserInfo() == null) {
                web.add(uri);
            } else if (scheme.equals("mailto")) {
                mail.add(uri);
            }
        } catch (URISyntaxException unusable) {
            // Of no use to anybody.
        }
    }

    /** Addresses to leave a list say who leaves it. */
    @Override
    public String toString() {
        return "ListUnsubscribe[" + web.size() + " web, " + mail.size() + " mail]";
    }
}
