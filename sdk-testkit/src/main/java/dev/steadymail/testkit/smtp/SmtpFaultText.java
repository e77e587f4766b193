package dev.steadymail.testkit.smtp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads faults that are written as text, for command lines. {@link SmtpFaultPlan#addAll} tells how they are written. */
final class SmtpFaultText {
    private static final Pattern FAULT = Pattern.compile(
            "([a-z_]+)(?:#(\\d{1,6}))?:(?:(\\d{3})|([a-z-]+)(?:@(\\d{1,18}))?)(?::(?:(\\d{1,9})|(always)|([01]?\\.\\d+)))?");

    private final Matcher part;

    private SmtpFaultText(String text) {
        part = FAULT.matcher(text);
        if (!part.matches()) {
            throw new IllegalArgumentException("a fault must be like accepted:cut:0.05 or rcpt#2:450:1, was " + text);
        }
    }

    static void addTo(SmtpFaultPlan plan, String text) {
        for (String each : text.toLowerCase(Locale.ROOT).split(";", -1)) {
            SmtpFaultText fault = new SmtpFaultText(each.strip());
            plan.add(fault.fault(), fault.times());
        }
    }

    private SmtpFault fault() {
        SmtpStage stage = SmtpStage.valueOf(part.group(1).toUpperCase(Locale.ROOT));
        int recipient = part.group(2) == null ? 0 : Integer.parseInt(part.group(2));
        return new SmtpFault(stage, trouble(), recipient);
    }

    private SmtpTrouble trouble() {
        if (part.group(3) != null) {
            int code = Integer.parseInt(part.group(3));
            return new SmtpTrouble.Answer(code, code / 100 + ".0.0", List.of("as the test wants"), false);
        }
        return switch (part.group(4)) {
            case "cut" -> new SmtpTrouble.Cut();
            case "answer-then-close" -> new SmtpTrouble.AnswerThenClose();
            case "cut-after" -> new SmtpTrouble.CutAfter(number());
            case "cut-within" -> new SmtpTrouble.CutWithin(number());
            case "delay" -> new SmtpTrouble.Delay(Duration.ofMillis(number()));
            case "silence" -> new SmtpTrouble.Silence();
            case "stop-reading" -> new SmtpTrouble.StopReading();
            case "endless-line" -> new SmtpTrouble.EndlessLine(number());
            case "endless-reply" -> new SmtpTrouble.EndlessReply(number());
            case "octet-by-octet" -> new SmtpTrouble.OctetByOctet();
            default -> throw new IllegalArgumentException("there is no trouble named " + part.group(4));
        };
    }

    private long number() {
        if (part.group(5) == null) {
            throw new IllegalArgumentException(part.group(4) + " needs a number behind @");
        }
        return Long.parseLong(part.group(5));
    }

    private SmtpTimes times() {
        if (part.group(7) != null) {
            return SmtpTimes.always();
        }
        if (part.group(8) != null) {
            return SmtpTimes.withProbability(Double.parseDouble(part.group(8)));
        }
        return SmtpTimes.times(part.group(6) == null ? 1 : Integer.parseInt(part.group(6)));
    }
}
