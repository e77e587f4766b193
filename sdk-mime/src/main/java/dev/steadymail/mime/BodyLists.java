package dev.steadymail.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the parts of a message into what is shown as text, what is shown as HTML, and what is attached, by the algorithm of RFC 8621
 * section 4.1.4. One list stands for both where there is no alternative. What the algorithm puts nowhere is attached.
 */
final class BodyLists {
    private static final String HTML = "text/html";
    private static final String PLAIN = "text/plain";
    private static final String ALTERNATIVE = "alternative";

    final List<ParsedPart> text = new ArrayList<>();
    final List<ParsedPart> html = new ArrayList<>();
    final List<ParsedPart> attachments = new ArrayList<>();

    BodyLists(ParsedPart root) {
        sort(List.of(root), "mixed", false, html, text);
        addForgotten(root);
    }

    /** The algorithm lets go of a second text within one branch of an alternative; nothing is in no list. */
    private void addForgotten(ParsedPart root) {
        Set<ParsedPart> listed = Collections.newSetFromMap(new IdentityHashMap<>());
        listed.addAll(text);
        listed.addAll(html);
        listed.addAll(attachments);
        root.walk()
                .filter(part -> !part.isMultipart() && !listed.contains(part))
                .forEach(attachments::add);
    }

    private void sort(
            List<ParsedPart> parts,
            String multipart,
            boolean inAlternative,
            @Nullable List<ParsedPart> htmlBody,
            @Nullable List<ParsedPart> textBody) {
        List<ParsedPart> asHtml = htmlBody;
        List<ParsedPart> asText = textBody;
        int texts = asText == null ? -1 : asText.size();
        int htmls = asHtml == null ? -1 : asHtml.size();
        for (int i = 0; i < parts.size(); i++) {
            ParsedPart part = parts.get(i);
            if (part.isMultipart()) {
                String inner = part.type().substring(part.type().indexOf('/') + 1);
                sort(part.parts(), inner, inAlternative || inner.equals(ALTERNATIVE), asHtml, asText);
            } else if (!isInline(part, i == 0, multipart)) {
                attachments.add(part);
            } else if (multipart.equals(ALTERNATIVE)) {
                addAlternative(part, asHtml, asText);
            } else {
                // Within an alternative, what follows a text of one kind belongs to that kind.
                asHtml = inAlternative && part.type().equals(PLAIN) ? null : asHtml;
                asText = inAlternative && part.type().equals(HTML) ? null : asText;
                addBoth(part, asHtml, asText);
            }
        }
        if (multipart.equals(ALTERNATIVE) && asText != null && asHtml != null) {
            completeOther(asText, texts, asHtml, htmls);
        }
    }

    private void addAlternative(ParsedPart part, @Nullable List<ParsedPart> asHtml, @Nullable List<ParsedPart> asText) {
        List<ParsedPart> list = part.type().equals(PLAIN) ? asText : part.type().equals(HTML) ? asHtml : attachments;
        if (list != null) {
            list.add(part);
        }
    }

    private void addBoth(ParsedPart part, @Nullable List<ParsedPart> asHtml, @Nullable List<ParsedPart> asText) {
        if (asText != null) {
            asText.add(part);
        }
        if (asHtml != null) {
            asHtml.add(part);
        }
        if ((asText == null || asHtml == null) && isMedia(part)) {
            attachments.add(part);
        }
    }

    /** An alternative of one kind only stands for the other kind, too. */
    private static void completeOther(List<ParsedPart> asText, int texts, List<ParsedPart> asHtml, int htmls) {
        if (texts == asText.size() && htmls != asHtml.size()) {
            asText.addAll(List.copyOf(asHtml.subList(htmls, asHtml.size())));
        } else if (htmls == asHtml.size() && texts != asText.size()) {
            asHtml.addAll(List.copyOf(asText.subList(texts, asText.size())));
        }
    }

    private static boolean isInline(ParsedPart part, boolean first, String multipart) {
        boolean shown = part.type().equals(PLAIN) || part.type().equals(HTML) || isMedia(part);
        return shown
                && !"attachment".equals(part.disposition())
                && (first || (!multipart.equals("related") && (isMedia(part) || part.fileName() == null)));
    }

    private static boolean isMedia(ParsedPart part) {
        return part.type().startsWith("image/")
                || part.type().startsWith("audio/")
                || part.type().startsWith("video/");
    }
}
