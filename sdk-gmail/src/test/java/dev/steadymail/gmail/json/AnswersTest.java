package dev.steadymail.gmail.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final String MESSAGE = """
            {"id":"18c","threadId":"18b","labelIds":["INBOX","UNREAD",7,{"a":1}],"internalDate":"1700000000123",
             "sizeEstimate":4321,"unknown":{"deep":[{"x":[1,2]}]},
             "payload":{"partId":"","mimeType":"multipart/mixed","filename":"","headers":[
               {"name":"SUBJECT","value":"Gr\\u00fc\\u00dfe"},{"value":"late name","name":"to"},{"name":"X-Other","value":"x"},
               {"name":"Subject"},{"name":5,"value":"y"},"odd",{"name":"Content-Type","value":"multipart/mixed; boundary=b"}],
              "body":{"size":0},
              "parts":[{"partId":"0","mimeType":"text/plain","body":{"size":5,"data":"aGFsbG8="}},
                       {"partId":"1","filename":"a.pdf","body":{"size":70000,"attachmentId":"A1"}}, null]}}
            """;

    @Test
    void message_bringsWhatTheModelHasAPlaceFor() throws IOException {
        GmailMessage message = GmailMessage.read(stream(MESSAGE));
        assertEquals("18b", message.threadId());
        assertEquals(List.of("INBOX", "UNREAD"), message.labelIds());
        assertEquals(1_700_000_000_123L, message.internalDate());
        assertEquals(4_321, message.sizeEstimate());
        GmailPart payload = message.payload();
        assertNotNull(payload);
        assertEquals("Grüße", payload.headers().text("Subject"));
        assertEquals("late name", payload.headers().text("To"));
        assertEquals("", payload.headers().text("X-Other"));
        assertEquals("multipart/mixed", payload.headers().word("Content-Type"));
        assertEquals(2, payload.parts().size());
        Octets data = payload.parts().get(0).data();
        assertNotNull(data);
        assertEquals("hallo", new String(data.open().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals("A1", payload.parts().get(1).attachmentId());
        assertEquals(70_000, payload.parts().get(1).size());
    }

    @Test
    void messageCutAnywhere_isNeverTakenForWhole() {
        byte[] whole = MESSAGE.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            InputStream cut = new ByteArrayInputStream(whole, 0, length);
            assertThrows(JsonProcessingException.class, () -> GmailMessage.read(cut), "cut at " + length);
        }
    }

    @Test
    void valuesOfOtherKinds_countAsAbsent() throws IOException {
        GmailMessage odd = GmailMessage.read(stream("""
                {"threadId":{"a":[1]},"labelIds":"INBOX","internalDate":"12x","sizeEstimate":-3,"payload":[1,[2]],"raw":null}"""));
        assertNull(odd.threadId());
        assertEquals(List.of(), odd.labelIds());
        assertEquals(-1, odd.internalDate());
        assertEquals(0, odd.sizeEstimate());
        assertNull(odd.payload());
        assertNull(odd.raw());
        assertEquals(
                -1,
                GmailMessage.read(stream("{\"internalDate\":\"99999999999999999999999\"}"))
                        .internalDate());
        assertNull(GmailMessage.read(stream("{\"threadId\":\" \"}")).threadId());
    }

    @Test
    void whatIsNoObject_isRefused() {
        for (String text : List.of("", "[]", "<html>", "{} {}", "{\"id\":}", "{\"a\":1}x")) {
            assertThrows(JsonProcessingException.class, () -> GmailMessage.read(stream(text)), text);
        }
    }

    @Test
    void nestingWithoutEnd_isRefused() {
        String deep = "{\"payload\":" + "{\"parts\":[".repeat(100_000);
        assertThrows(JsonProcessingException.class, () -> GmailMessage.read(stream(deep)));
    }

    @Test
    void octets_decodeAnyLengthPaddedOrNot() throws IOException {
        Random random = new Random(7);
        int[] lengths = {0, 1, 2, 3, 4, 5, 100, 4_095, 4_096, 4_097, 12_288, 12_289, 3_000_001};
        for (int length : lengths) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            for (Base64.Encoder encoder :
                    List.of(Base64.getUrlEncoder(), Base64.getUrlEncoder().withoutPadding())) {
                Octets raw = GmailMessage.read(stream("{\"raw\":\"" + encoder.encodeToString(octets) + "\"}"))
                        .raw();
                assertNotNull(raw);
                assertEquals(length, raw.size());
                assertArrayEquals(octets, raw.open().readAllBytes());
                assertArrayEquals(octets, raw.open().readAllBytes(), "opened once more");
            }
        }
    }

    @Test
    void contentThatIsNotBase64url_isBadContent_andCutContentIsNot() {
        for (String text : List.of("a+b/", "a", "ab=c", "ä")) {
            assertThrows(
                    BadContentException.class, () -> GmailMessage.read(stream("{\"raw\":\"" + text + "\"}")), text);
        }
        assertThrows(JsonProcessingException.class, () -> GmailMessage.read(stream("{\"raw\":\"QUJD")));
    }

    @Test
    void idPage_leavesOutWhatIsNoId() throws IOException {
        IdPage page = IdPage.read(stream("""
                {"messages":[{"id":"1","threadId":"9"},{"threadId":"2"},{"id":" "},3,{"id":"4"}],"nextPageToken":"t","n":[]}"""));
        assertEquals(List.of("1", "4"), page.ids());
        assertEquals("t", page.nextPageToken());
        IdPage empty = IdPage.read(stream("{\"resultSizeEstimate\":0}"));
        assertTrue(empty.ids().isEmpty());
        assertNull(empty.nextPageToken());
    }

    @Test
    void historyPage_readsAllKindsOfRecords() throws IOException {
        HistoryPage page = HistoryPage.read(stream("""
                {"history":[{"id":"5","messages":[{"id":"m1"}],"messagesAdded":[{"message":{"id":"m1","labelIds":["INBOX"]}}]},
                 {"messages":[{"id":"m2"}],"labelsAdded":[{"labelIds":["L1"],"message":{"id":"m2","labelIds":["INBOX","L1"]}}],
                  "labelsRemoved":[{"message":{"id":"m2"},"labelIds":["UNREAD"]}],"messagesDeleted":[{"message":{"id":"m3"}},{}]}],
                 "historyId":"18446744073709551615","nextPageToken":"n"}"""));
        assertEquals(new BigInteger("18446744073709551615"), page.historyId());
        assertEquals("n", page.nextPageToken());
        assertEquals(
                List.of(new MessageLabels("m1", List.of("INBOX"))),
                page.records().get(0).added());
        HistoryRecord second = page.records().get(1);
        assertEquals(List.of(new MessageLabels("m2", List.of("L1"))), second.labelsAdded());
        assertEquals(List.of(new MessageLabels("m2", List.of("UNREAD"))), second.labelsRemoved());
        assertEquals(List.of(new MessageLabels("m3", List.of())), second.deleted());
        assertEquals(List.of("m2"), second.messages());
        assertNull(HistoryPage.read(stream("{\"historyId\":\"-1\"}")).historyId());
    }

    @Test
    void attachment_isItsContentOrEmpty() throws IOException {
        assertEquals(
                3, AttachmentBody.read(stream("{\"size\":3,\"data\":\"QUJD\"}")).size());
        assertEquals(0, AttachmentBody.read(stream("{\"size\":0}")).size());
    }

    @Test
    void toString_showsNoContent() throws IOException {
        GmailMessage message = GmailMessage.read(stream(MESSAGE));
        assertEquals("GmailMessage[hidden]", message.toString());
        assertEquals("GmailPart[hidden]", String.valueOf(message.payload()));
        assertEquals("GmailHeaders[hidden]", GmailHeaders.NONE.toString());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
