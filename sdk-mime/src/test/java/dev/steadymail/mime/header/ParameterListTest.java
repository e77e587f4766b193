package dev.steadymail.mime.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachment; filename=a.txt|a.txt",
                "attachment; filename=\"a; b.txt\"|a; b.txt",
                "attachment; filename=\"a \\\"b\\\".txt\"|a \"b\".txt",
                "attachment; filename=a b.txt|a b.txt",
                "attachment;; ; filename = \"a.txt\" ;|a.txt",
                "attachment (c; filename=no) ; filename=(x) a.txt|a.txt",
                "attachment; filename=\"=?utf-8?q?=C3=BC.txt?=\"|ü.txt",
                "attachment; filename*=utf-8'en'%C3%BC.txt|ü.txt",
                "attachment; filename*=%C3%BC.txt|ü.txt",
                "attachment; filename*0=a; filename*1=b; filename*3=d|ab",
                "attachment; filename*0*=utf-8''%C3; filename*1*=%BC; filename*2=.txt|ü.txt",
                "attachment; filename*=x-none''%FC.txt|ü.txt",
                "attachment; filename=fallback.txt; filename*=utf-8''%C3%BC.txt|ü.txt",
                "attachment; FILENAME=a.txt; filename=b.txt|a.txt",
                "attachment; filename=\"a.txt|a.txt",
            })
    void parameter_isRead(String field, String fileName) {
        ParameterList list = ParameterList.parse(field);
        assertEquals("attachment", list.value());
        assertEquals(fileName, list.get("filename"));
    }

    @Test
    void whatIsNoParameter_isNone() {
        for (String field : new String[] {"", ";", "a", "a;", "a; filename", "a; =b", "\"", "(", "a; filename2=c"}) {
            assertNull(ParameterList.parse(field).get("filename"), field);
        }
    }
}
