package dev.steadymail.content;

import dev.steadymail.mail.BodyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of an email is to be kept. Start from a constant and add to it. Small messages are kept whole all the same where that is
 * cheaper, see {@link ContentOptions#wholeUpTo}.
 *
 * @param message the exact octets of the whole message, in which everything else is
 * @param html HTML bodies beside plain ones
 * @param attachmentsUpTo attachments, images and embedded messages of up to so many octets as the provider counts them, each; 0 for none
 */
public record Wanted(boolean message, boolean html, long attachmentsUpTo) {
    /** Plain text bodies; the HTML body of an email that has no other. */
    public static final Wanted TEXT = new Wanted(false, false, 0);

    /** Plain and HTML bodies. */
    public static final Wanted TEXT_AND_HTML = new Wanted(false, true, 0);

    /** Every part of every size. */
    public static final Wanted EVERY_PART = new Wanted(false, true, Long.MAX_VALUE);

    /** The exact octets of whole messages. */
    public static final Wanted MESSAGE = new Wanted(true, true, Long.MAX_VALUE);

    public Wanted {
        if (attachmentsUpTo < 0) {
            throw new IllegalArgumentException("attachmentsUpTo must not be negative, was " + attachmentsUpTo);
        }
    }

    /** Returns the same with attachments of up to so many octets each; those whose size is unknown only without a limit. */
    public Wanted withAttachmentsUpTo(long octets) {
        return new Wanted(message, html, octets);
    }

    /** Returns whether who has this has all that another one wants. */
    public boolean covers(Wanted other) {
        return message || (!other.message && (html || !other.html) && attachmentsUpTo >= other.attachmentsUpTo);
    }

    /** Returns the parts to read, in order of appearance. */
    List<BodyPart> of(BodyPart root) {
        List<BodyPart> leaves = leaves(root).toList();
        boolean noPlain = leaves.stream().noneMatch(part -> isBody(part, "text/plain"));
        List<BodyPart> wanted = new ArrayList<>();
        for (BodyPart part : leaves) {
            boolean body = isBody(part, "text/plain") || isBody(part, "text/html");
            boolean wantedBody = part.type().equals("text/plain") || html || noPlain;
            if (body ? wantedBody : isSmallEnough(part)) {
                wanted.add(part);
            }
        }
        return wanted;
    }

    /** An embedded message is one part, whatever it holds. */
    private static Stream<BodyPart> leaves(BodyPart part) {
        return part.type().startsWith("multipart/")
                ? part.parts().stream().flatMap(Wanted::leaves)
                : Stream.of(part).filter(leaf -> !leaf.partId().isEmpty());
    }

    private static boolean isBody(BodyPart part, String type) {
        return part.type().equals(type) && !part.isAttachment();
    }

    private boolean isSmallEnough(BodyPart part) {
        return attachmentsUpTo > 0
                && (part.size() < 0 ? attachmentsUpTo == Long.MAX_VALUE : part.size() <= attachmentsUpTo);
    }
}
