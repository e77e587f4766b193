package dev.steadymail.server.mail;

/**
 * An email as HTML that is safe to be shown: a fragment for the inside of a {@code body}, which loads nothing from elsewhere.
 *
 * @param source {@code html}, or {@code text} where the email has no HTML and its text was made such; {@code none} where it has neither
 * @param blockedResources how many images, fonts and the like it would have loaded from elsewhere
 * @param trackingPixels how many of them are images that nobody can see
 * @param truncated whether the end is missing
 */
record HtmlView(String html, String source, int blockedResources, int trackingPixels, boolean truncated) {
    static final HtmlView NONE = new HtmlView("", "none", 0, 0, false);

    /** Returns a whole document of it. */
    String document() {
        return "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Email</title></head><body>" + html
                + "</body></html>\n";
    }

    @Override
    public String toString() {
        return "HtmlView[" + source + "]";
    }
}
