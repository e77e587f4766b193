package dev.steadymail.server.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** An event to come, in iCalendar (RFC 5545): {@code {day+3}} in its text is the date three days after the first start. */
final class Invitation {
    private static final Pattern DAY = Pattern.compile("\\{day([+-]\\d+)}");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Invitation() {}

    static byte[] of(String text, Instant firstStart) {
        String dated = DAY.matcher(text)
                .replaceAll(match -> DATE.format(firstStart.plus(Duration.ofDays(Long.parseLong(match.group(1))))));
        return dated.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
