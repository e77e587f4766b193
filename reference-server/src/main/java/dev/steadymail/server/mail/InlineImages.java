package dev.steadymail.server.mail;

import dev.steadymail.server.mail.ShownParts.Image;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Pictures of an email as {@code data:} URLs, which a page may show without a request that would need the token. Thread-safe. */
@Component
class InlineImages {
    /** Octets of all pictures of one email together; in Base64 they are a third more. */
    static final int MOST_OCTETS = 4 << 20;

    private static final int LARGEST = 1 << 20;
    private static final int MOST_IMAGES = 20;

    private final EmailParts parts;

    InlineImages(EmailParts parts) {
        this.parts = parts;
    }

    /**
     * Reads pictures, 20 of up to 1 MiB each and 4 MiB together; what is beyond is left out.
     *
     * @param wanted Content-IDs
     * @return URLs by Content-ID
     */
    Map<String, String> urls(StoredEmail email, ShownParts shown, Set<String> wanted) {
        Map<String, String> urls = new HashMap<>();
        int left = MOST_OCTETS;
        for (Image image : wanted(shown, wanted)) {
            byte[] content = parts.head(email, image.partId(), LARGEST);
            if (content.length <= Math.min(left, LARGEST)) {
                left -= content.length;
                urls.putIfAbsent(
                        image.contentId(),
                        "data:" + image.type() + ";base64,"
                                + Base64.getEncoder().encodeToString(content));
            }
        }
        return urls;
    }

    private static Set<Image> wanted(ShownParts shown, Set<String> wanted) {
        Set<Image> images = new LinkedHashSet<>();
        shown.images().stream()
                .filter(image -> wanted.contains(image.contentId()))
                .limit(MOST_IMAGES)
                .forEach(images::add);
        return images;
    }
}
