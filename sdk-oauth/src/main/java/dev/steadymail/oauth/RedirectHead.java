package dev.steadymail.oauth;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP request to the loopback listener, judged: the redirect, or something else that found the port. Whatever a page
 * in the browser sends there arrives here, too.
 *
 * @param status what to answer where it is not the redirect; 200 where it is
 * @param query of the redirect, still encoded; empty where it is none
 */
record RedirectHead(int status, String query) {
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]{1,16}) ([!-~]{1,8192}) HTTP/1\\.[01]");

    /**
     * Judges a head.
     *
     * @param head its lines, with their ends
     * @param authority the name and port that the redirect goes to; another one comes of a name that was bent to this machine
     * @param path the redirect's path, exactly
     */
    static RedirectHead judge(String head, String authority, String path) {
        String[] lines = head.split("\r\n", -1);
        Matcher request = REQUEST_LINE.matcher(lines[0]);
        if (!request.matches()) {
            return new RedirectHead(400, "");
        }
        String target = request.group(2);
        int mark = target.indexOf('?');
        if (!path.equals(mark < 0 ? target : target.substring(0, mark))) {
            return new RedirectHead(404, "");
        }
        if (!request.group(1).equals("GET")) {
            return new RedirectHead(405, "");
        }
        if (!host(lines).equals(Optional.of(authority))) {
            return new RedirectHead(400, "");
        }
        return new RedirectHead(200, mark < 0 ? "" : target.substring(mark + 1));
    }

    /** Returns the value of the one Host field; empty where there is none or there are several. */
    private static Optional<String> host(String[] lines) {
        String found = null;
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].toLowerCase(Locale.ROOT).startsWith("host:")) {
                if (found != null) {
                    return Optional.empty();
                }
                found = lines[i].substring(5).strip();
            }
        }
        return Optional.ofNullable(found);
    }
}
