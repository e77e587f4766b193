package dev.steadymail.html;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** URLs of a message, by the rules of the application, each asked for once. Remembers what it answered. For one thread. */
final class AskedUrls implements Urls {
    private final HtmlSanitizer.Rules rules;
    private final Map<String, Optional<String>> links = new HashMap<>();
    private final Map<String, Optional<String>> images = new HashMap<>();
    private final Set<String> answered = new HashSet<>();

    AskedUrls(HtmlSanitizer.Rules rules) {
        this.rules = rules;
    }

    @Override
    public @Nullable String link(String raw) {
        return links.computeIfAbsent(raw, each -> remembered(asked(rules.links(), SafeUrl.link(each))))
                .orElse(null);
    }

    @Override
    public @Nullable String image(String raw) {
        return images.computeIfAbsent(raw, each -> remembered(chosen(each))).orElse(null);
    }

    /** The same URLs, for a text that was written with them. */
    Urls written() {
        return new Urls() {
            @Override
            public @Nullable String link(String raw) {
                return answered.contains(raw) ? raw : null;
            }

            @Override
            public @Nullable String image(String raw) {
                return link(raw);
            }
        };
    }

    private @Nullable String chosen(String raw) {
        String inside = SafeUrl.dataImage(raw);
        if (inside != null) {
            return inside;
        }
        String contentId = SafeUrl.contentId(raw);
        return contentId == null
                ? asked(rules.images(), SafeUrl.remote(raw))
                : asked(rules.contentIds(), ContentIds.decoded(contentId));
    }

    private static @Nullable String asked(UrlRule rule, @Nullable String url) {
        return url == null ? null : SafeUrl.ofApplication(rule.apply(url));
    }

    private Optional<String> remembered(@Nullable String url) {
        if (url != null) {
            answered.add(url);
        }
        return Optional.ofNullable(url);
    }
}
