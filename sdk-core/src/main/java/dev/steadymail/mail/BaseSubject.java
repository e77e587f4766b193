package dev.steadymail.mail;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the marks of answers and forwards off a subject (RFC 5256 section 2.1). */
final class BaseSubject {
    /** What is longer is cut first: taking marks off is quadratic in their number. */
    private static final int LONGEST = 1_000;

    private static final String BLOB = "\\[[^\\[\\]]*\\] *";
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern TRAILING_SPACE = Pattern.compile(" +$");
    private static final Pattern TRAILER = Pattern.compile("(?: *\\(fwd\\))++ *$", Pattern.CASE_INSENSITIVE);
    private static final Pattern LEADING_SPACE = Pattern.compile("^ +");
    private static final Pattern LEADER =
            Pattern.compile("^(?:" + BLOB + ")*+(?:re|fwd?) *(?:" + BLOB + ")?:", Pattern.CASE_INSENSITIVE);
    /** The last of them stays where nothing else is there. */
    private static final Pattern LEADING_BLOB = Pattern.compile("^" + BLOB + "(?=.)");

    private static final Pattern WRAPPED = Pattern.compile("^\\[fwd:(.*)\\]$", Pattern.CASE_INSENSITIVE);

    private String left;
    private boolean answer;

    private BaseSubject(String subject) {
        this.left = SPACE.matcher(subject).replaceAll(" ");
    }

    static BaseSubject of(String subject) {
        BaseSubject base = new BaseSubject(subject.length() > LONGEST ? subject.substring(0, LONGEST) : subject);
        do {
            base.takeOff(TRAILING_SPACE, false);
            base.takeOff(TRAILER, true);
            base.takeLeadersOff();
        } while (base.unwrap());
        return base;
    }

    private void takeLeadersOff() {
        String before;
        do {
            before = left;
            takeOff(LEADING_SPACE, false);
            takeOff(LEADER, true);
            takeOff(LEADING_BLOB, false);
        } while (!left.equals(before));
    }

    private void takeOff(Pattern pattern, boolean mark) {
        Matcher matcher = pattern.matcher(left);
        if (matcher.find()) {
            left = left.substring(0, matcher.start()) + left.substring(matcher.end());
            answer |= mark;
        }
    }

    private boolean unwrap() {
        Matcher wrapped = WRAPPED.matcher(left);
        boolean found = wrapped.find();
        if (found) {
            left = wrapped.group(1);
            answer = true;
        }
        return found;
    }

    /** Returns the rest in one case, with single spaces; empty where nothing else was there. */
    String text() {
        return left.toUpperCase(Locale.ROOT);
    }

    /** Returns whether a mark of an answer or a forward was there. */
    boolean isAnswer() {
        return answer;
    }
}
