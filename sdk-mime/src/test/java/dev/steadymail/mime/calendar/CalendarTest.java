package dev.steadymail.mime.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.calendar.Calendar.Method;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "; method=REQUEST|METHOD:REQUEST|REQUEST",
                "; METHOD=\"request\"|METHOD:REQUEST|REQUEST",
                "; method*=utf-8''CANCEL|X:y|CANCEL",
                "''|METHOD:REPLY|REPLY",
                "''|METHOD;X=y:counter|COUNTER",
                "''|METH~ OD:PUBLISH|PUBLISH",
                "''|X:y|NONE",
                "''|METHOD:|NONE",
                "; method=REQUEST|METHOD:CANCEL|UNKNOWN",
                "; method=STEAL|METHOD:STEAL|UNKNOWN",
                "; method=NONE|X:y|UNKNOWN",
                "''|BEGIN:VEVENT~METHOD:CANCEL~END:VEVENT|NONE",
            })
    void method_isWhatParameterAndPropertyAgreeUpon(String parameter, String line, Method method) throws IOException {
        ParsedEmail email = read("Content-Type: text/calendar" + parameter + "\n\nBEGIN:VCALENDAR\n"
                + line.replace('~', '\n')
                + "\nBEGIN:VEVENT\nSUMMARY:Grüße\nEND:VEVENT\nEND:VCALENDAR\n");
        List<Calendar> calendars = Calendar.of(email);
        assertEquals(List.of(method), calendars.stream().map(Calendar::method).toList());
        assertTrue(calendars.get(0).text().contains("SUMMARY:Grüße"));
        assertEquals("Calendar[" + method + "]", calendars.get(0).toString());
        assertEquals(List.of(calendars.get(0).part()), email.attachments());
    }

    /** As most calendars send them: beside the text, and attached once more. */
    @Test
    void invitation_isAnAlternativeAndAFile() throws IOException {
        ParsedEmail email = read("""
                Content-Type: multipart/mixed; boundary=out

                --out
                Content-Type: multipart/alternative; boundary=in

                --in
                Content-Type: text/plain

                You are invited.
                --in
                Content-Type: text/calendar; method=REQUEST; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                BEGIN:VCALENDAR
                METHOD:REQUEST
                X-A:=C3=BC
                --in--
                --out
                Content-Type: application/ics; name="../invite.ics"
                Content-Transfer-Encoding: base64

                QkVHSU46VkNBTEVOREFSCk1FVEhPRDpSRVFVRVNUCg==
                --out--
                """);
        List<Calendar> calendars = Calendar.of(email);
        assertEquals("You are invited.", email.text());
        assertEquals(
                List.of(Method.REQUEST, Method.REQUEST),
                calendars.stream().map(Calendar::method).toList());
        assertTrue(calendars.get(0).text().endsWith("X-A:ü"));
        assertEquals("invite.ics", calendars.get(1).part().safeFileName());
        assertEquals(
                List.of("1.2", "2"),
                email.attachments().stream().map(part -> part.partId()).toList());
    }

    @Test
    void endlessCalendar_isLookedAtInPart() throws IOException {
        ParsedEmail email = read("Content-Type: text/calendar\n\n" + "X:y\n".repeat(1 << 18) + "METHOD:CANCEL\n");
        assertEquals(Method.NONE, Calendar.of(email).get(0).method());
    }

    private static ParsedEmail read(String message) throws IOException {
        return MimeReader.usual().read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }
}
