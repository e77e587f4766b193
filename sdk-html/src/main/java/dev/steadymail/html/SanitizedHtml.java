package dev.steadymail.html;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * A message that is safe to show, and what it took.
 *
 * @param html a fragment for the inside of a {@code body} or {@code div}; empty if nothing was left
 * @param blocked what is not loaded, in the order of the message, each URL once for each use
 * @param findings what was met on the way
 */
public record SanitizedHtml(String html, List<BlockedResource> blocked, Set<Finding> findings) {
    public SanitizedHtml {
        requireNonNull(html, "html");
        blocked = List.copyOf(blocked);
        findings = Set.copyOf(findings);
    }

    /** Whether a part of the message is missing because of {@link HtmlLimits}. */
    public boolean isTruncated() {
        return findings.contains(Finding.TRUNCATED);
    }

    /** Returns how many of the blocked resources are images that nobody can see. */
    public int trackingPixels() {
        return (int) blocked.stream().filter(BlockedResource::trackingPixel).count();
    }

    /** Shows sizes only. */
    @Override
    public String toString() {
        return "SanitizedHtml[" + html.length() + " chars, " + blocked.size() + " blocked, " + findings + "]";
    }

    /** Something about a message that a reader or an application may want to know. */
    public enum Finding {
        /** Characters or elements were more than {@link HtmlLimits} allows; the end is missing. */
        TRUNCATED,
        /** Elements were nested deeper than {@link HtmlLimits} allows; the inner ones lost their tags. */
        TOO_DEEP,
        /** There was something that runs, or that holds a document of its own: scripts, event handlers, frames, objects, SVG, MathML. */
        ACTIVE_CONTENT,
        /** There was a form or a control; what was written in it may be missing. */
        FORM,
        /** There was a style sheet, which is left out: the message may look plainer than meant. */
        STYLE_SHEET,
        /** A link or an image named a URL that is not allowed, or that a rule refused. */
        REFUSED_URL,
        /** No form was found that stays the same when it is read again, so only the text is left. */
        TEXT_ONLY
    }
}
