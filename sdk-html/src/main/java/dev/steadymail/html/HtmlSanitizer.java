package dev.steadymail.html;

import static java.util.Objects.requireNonNull;

import dev.steadymail.html.SanitizedHtml.Finding;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTML of mail safe to be shown in a browser, inside a page of its own or in an element of yours.
 *
 * <p>What is written is built from an allow-list of elements, attributes, style properties and URL schemes; everything else is left out.
 * It is then read again and must come out the same, so a browser sees what was decided here. Without settings nothing remote is loaded:
 * images wait in {@code data-blocked-src}, images with a {@code cid:} URL are left out, links are kept and open in a window of their own.
 * No text makes it throw, and its time and memory grow as the text does, up to {@link HtmlLimits}.
 *
 * <p>Sanitizing what it returned changes nothing, unless it was truncated or a rule takes its own answer for something else.
 *
 * <p>Immutable and thread-safe.
 */
public final class HtmlSanitizer {
    /** Rounds after which a text that still changes is given up. The corpus takes one; of 100,000 generated texts two took three. */
    private static final int ROUNDS = 6;

    private final Rules rules;
    private final HtmlLimits limits;
    private final String idPrefix;
    private final Parsing parsing;

    private HtmlSanitizer(Builder builder, Parsing parsing) {
        rules = new Rules(builder.links, builder.remoteImages, builder.contentIds);
        limits = builder.limits;
        idPrefix = builder.idPrefix;
        this.parsing = parsing;
    }

    /** Returns a sanitizer that loads nothing. */
    public static HtmlSanitizer create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these settings. */
    public Builder toBuilder() {
        return new Builder()
                .links(rules.links())
                .remoteImages(rules.images())
                .contentIds(rules.contentIds())
                .limits(limits)
                .idPrefix(idPrefix);
    }

    /**
     * Returns what is safe of a message's HTML.
     *
     * @param html a document or a fragment, however broken
     */
    public SanitizedHtml sanitize(String html) {
        boolean cut = html.length() > limits.maxChars();
        String text = cut ? html.substring(0, limits.maxChars()) : html;
        Outcome outcome = sanitized(text);
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        findings.addAll(outcome.findings());
        if (cut) {
            findings.add(Finding.TRUNCATED);
        }
        return new SanitizedHtml(outcome.html(), outcome.blocked(), findings);
    }

    /** Package-private for tests: what a text comes to, and the steps it took. */
    Outcome sanitized(String text) {
        HtmlParse parse = parsed(text);
        if (parse == null) {
            return new Outcome(PlainText.of(text), List.of(), Set.of(Finding.TEXT_ONLY), text.length(), 0);
        }
        AskedUrls urls = new AskedUrls(rules);
        Sanitizing first = new Sanitizing(limits, idPrefix, urls);
        return settled(parse, first, first.run(parse), urls.written());
    }

    /** Reads what was written until it comes out as it went in. */
    private Outcome settled(HtmlParse parse, Sanitizing first, String html, Urls written) {
        List<BlockedResource> blocked = List.copyOf(first.blocked());
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        findings.addAll(first.findings());
        String last = html;
        long steps = first.steps();
        for (int round = 1; round <= ROUNDS; round++) {
            HtmlParse reading = parsed(last);
            if (reading == null) {
                break;
            }
            Sanitizing next = new Sanitizing(limits, idPrefix, written);
            String again = next.run(reading);
            steps += next.steps();
            if (again.equals(last)) {
                return new Outcome(last, blocked, findings, steps, round);
            }
            last = again;
        }
        findings.add(Finding.TEXT_ONLY);
        return new Outcome(PlainText.of(parse, limits.maxChars()), blocked, findings, steps, ROUNDS);
    }

    /** Null where the parser, which promises to take anything, does not. */
    private @Nullable HtmlParse parsed(String html) {
        try {
            return parsing.parse(html, limits.maxElements());
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** A sanitizer with another parser, for tests. */
    HtmlSanitizer parsedBy(Parsing other) {
        return new HtmlSanitizer(toBuilder(), other);
    }

    /** How a text becomes a document. */
    @FunctionalInterface
    interface Parsing {
        HtmlParse parse(String html, int maxElements);
    }

    /** What was written, what it took, and after how many readings it stayed the same. */
    record Outcome(String html, List<BlockedResource> blocked, Set<Finding> findings, long steps, int rounds) {}

    /** The application's rules for URLs. */
    record Rules(UrlRule links, UrlRule images, UrlRule contentIds) {}

    /** Settings of a sanitizer. Not thread-safe. */
    public static final class Builder {
        private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,29}[_-]");

        private UrlRule links = UrlRule.KEEP;
        private UrlRule remoteImages = UrlRule.NONE;
        private UrlRule contentIds = UrlRule.NONE;
        private HtmlLimits limits = HtmlLimits.DEFAULT;
        private String idPrefix = "mail-";

        private Builder() {}

        /**
         * Says where links lead: {@link UrlRule#KEEP}, the default, {@link UrlRule#NONE}, or to a page of yours that asks first. The rule
         * is given http, https, mailto and tel URLs; what it returns may also be relative. Links within a message are not asked for.
         */
        public Builder links(UrlRule links) {
            this.links = requireNonNull(links, "links");
            return this;
        }

        /**
         * Says which remote images are loaded, and from where: {@link UrlRule#NONE}, the default, {@link UrlRule#KEEP}, or through a
         * proxy of yours. The rule is given http and https URLs; what it returns may also be relative. Images that nobody can see are
         * never loaded, and not asked for.
         */
        public Builder remoteImages(UrlRule remoteImages) {
            this.remoteImages = requireNonNull(remoteImages, "remoteImages");
            return this;
        }

        /**
         * Says where the image with a Content-ID is, the id without angle brackets: an http, https or relative URL, or the image itself
         * as {@code data:image/png;base64,...} (or gif, jpeg, webp, bmp, avif; no SVG). Null, or anything else, leaves the image out.
         */
        public Builder contentIds(UrlRule contentIds) {
            this.contentIds = requireNonNull(contentIds, "contentIds");
            return this;
        }

        /** How much of a message is looked at; {@link HtmlLimits#DEFAULT} unless set. */
        public Builder limits(HtmlLimits limits) {
            this.limits = requireNonNull(limits, "limits");
            return this;
        }

        /**
         * What ids and names of a message are made to begin with, so that none of them is one of the page's; {@code mail-} unless set.
         * What begins with it already stays as it is.
         *
         * @throws IllegalArgumentException unless it is a letter, then at most 29 letters, digits, hyphens and underscores, then a hyphen
         *     or an underscore: with {@code m} the id {@code main} would count as one that has the prefix
         */
        public Builder idPrefix(String idPrefix) {
            if (!PREFIX.matcher(idPrefix).matches()) {
                throw new IllegalArgumentException(
                        "idPrefix must be a letter, then letters, digits, - or _, 31 at most, and end in - or _ (such as mail-), was "
                                + idPrefix);
            }
            this.idPrefix = idPrefix;
            return this;
        }

        public HtmlSanitizer build() {
            return new HtmlSanitizer(this, HtmlParse::of);
        }
    }
}
