package dev.steadymail.server.mail;

import dev.steadymail.html.HtmlLimits;
import dev.steadymail.html.HtmlSanitizer;
import dev.steadymail.html.SanitizedHtml;
import dev.steadymail.html.UrlRule;
import dev.steadymail.server.mail.EmailContent.TextPart;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Emails as HTML that is safe to be shown: what acts is taken out, nothing is loaded from elsewhere, and the email's own pictures are in
 * the text. Thread-safe.
 */
@Component
class EmailHtml {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Read is no more than {@link #MOST_BYTES}; what is written has the pictures besides. */
    private static final HtmlLimits LIMITS = new HtmlLimits(MOST_BYTES + InlineImages.MOST_OCTETS / 3 * 4, 200, 50_000);

    private final EmailParts parts;
    private final InlineImages images;
    private final AtOnce conversions = new AtOnce(MOST_AT_ONCE, PATIENCE);

    EmailHtml(EmailParts parts, InlineImages images) {
        this.parts = parts;
        this.images = images;
    }

    /**
     * Returns an email's HTML, or its text as such; where it is longer the first MiB.
     *
     * @throws dev.steadymail.mail.MailException where the provider does not give it
     */
    HtmlView read(StoredEmail email) {
        ShownParts shown = parts.shown(email);
        TextPart html = shown.html();
        if (html != null) {
            return ofHtml(email, shown, html);
        }
        TextPart text = shown.text();
        return text == null ? HtmlView.NONE : ofText(email, text);
    }

    private HtmlView ofHtml(StoredEmail email, ShownParts shown, TextPart part) {
        byte[] bytes = parts.head(email, part.partId(), MOST_BYTES);
        String html = decoded(bytes, part);
        Set<String> named = new HashSet<>();
        SanitizedHtml bare = conversions.run(() -> sanitized(html, contentId -> {
            named.add(contentId);
            return null;
        }));
        Map<String, String> urls = images.urls(email, shown, named);
        SanitizedHtml whole = urls.isEmpty() ? bare : conversions.run(() -> sanitized(html, urls::get));
        return view(whole, "html", bytes.length > MOST_BYTES);
    }

    private HtmlView ofText(StoredEmail email, TextPart part) {
        byte[] bytes = parts.head(email, part.partId(), MOST_BYTES);
        String html = "<pre style=\"white-space: pre-wrap\">" + HtmlUtils.htmlEscape(decoded(bytes, part), "UTF-8")
                + "</pre>";
        SanitizedHtml safe = conversions.run(() -> sanitized(html, UrlRule.NONE));
        return view(safe, "text", bytes.length > MOST_BYTES);
    }

    private static String decoded(byte[] bytes, TextPart part) {
        return new String(bytes, 0, Math.min(bytes.length, MOST_BYTES), EmailTexts.charset(part.charset()));
    }

    private static SanitizedHtml sanitized(String html, UrlRule contentIds) {
        return HtmlSanitizer.builder()
                .limits(LIMITS)
                .contentIds(contentIds)
                .build()
                .sanitize(html);
    }

    private static HtmlView view(SanitizedHtml safe, String source, boolean cut) {
        return new HtmlView(
                safe.html(), source, safe.blocked().size(), safe.trackingPixels(), cut || safe.isTruncated());
    }
}
