package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryResourceTest extends GmailTestCase {

    @Test
    void list_eachKindOfChange_hasItsArray() throws Exception {
        String start = http.get("profile").string("historyId");
        String id = mailbox.add(TestMail.plain("a"), "INBOX", "UNREAD");
        mailbox.modify(id, List.of("STARRED"), List.of("UNREAD"));
        mailbox.delete(id);
        GmailHttp.Answer history = http.get("history?startHistoryId=" + start);
        JsonObject added = history.json().getAsJsonArray("history").get(0).getAsJsonObject();
        JsonObject changed = history.json().getAsJsonArray("history").get(1).getAsJsonObject();
        JsonObject deleted = history.json().getAsJsonArray("history").get(2).getAsJsonObject();
        assertTrue(added.has("messagesAdded") && added.has("messages"));
        assertEquals(
                "[\"STARRED\"]",
                changed.getAsJsonArray("labelsAdded")
                        .get(0)
                        .getAsJsonObject()
                        .get("labelIds")
                        .toString());
        assertEquals(
                "[\"UNREAD\"]",
                changed.getAsJsonArray("labelsRemoved")
                        .get(0)
                        .getAsJsonObject()
                        .get("labelIds")
                        .toString());
        assertEquals(1, changed.getAsJsonArray("messages").size());
        assertTrue(deleted.has("messagesDeleted"));
        assertEquals(Long.toUnsignedString(mailbox.historyId()), history.string("historyId"));
        assertTrue(Long.parseLong(start) > 1L << 53);
    }

    @Test
    void list_typesAndLabel_filter() throws Exception {
        String start = http.get("profile").string("historyId");
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        mailbox.modify(id, List.of("STARRED"), List.of("INBOX"));
        String byType = "history?startHistoryId=" + start + "&historyTypes=labelRemoved";
        JsonObject only =
                http.get(byType).json().getAsJsonArray("history").get(0).getAsJsonObject();
        assertTrue(only.has("labelsRemoved"));
        assertFalse(only.has("labelsAdded"));
        assertEquals(
                1,
                http.get("history?startHistoryId=" + start + "&labelId=STARRED")
                        .each("history", "id")
                        .size());
        assertEquals(
                400,
                http.get("history?startHistoryId=" + start + "&historyTypes=nonsense")
                        .status());
    }

    @Test
    void list_overPages_givesEachChangeOnce() throws Exception {
        String start = http.get("profile").string("historyId");
        for (int i = 0; i < 7; i++) {
            mailbox.add(TestMail.plain("m" + i), "INBOX");
        }
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            GmailHttp.Answer page = http.get("history?maxResults=3&startHistoryId=" + start + "&pageToken=" + token);
            ids.addAll(page.each("history", "id"));
            token = page.json().has("nextPageToken") ? page.string("nextPageToken") : "";
        } while (!token.isEmpty());
        assertEquals(7, ids.size());
        assertEquals(7, new HashSet<>(ids).size());
    }

    @Test
    void list_nothingNew_omitsHistory() throws Exception {
        GmailHttp.Answer quiet = http.get("history?startHistoryId=" + Long.toUnsignedString(mailbox.historyId()));
        assertEquals(200, quiet.status());
        assertFalse(quiet.json().has("history"));
    }

    @Test
    void list_startBelowFloor_is404() throws Exception {
        String start = http.get("profile").string("historyId");
        mailbox.add(TestMail.plain("a"), "INBOX");
        mailbox.expireHistoryBefore(mailbox.historyId());
        assertEquals(404, http.get("history?startHistoryId=" + start).status());
        assertEquals(404, http.get("history?startHistoryId=1").status());
        assertEquals(
                200,
                http.get("history?startHistoryId=" + Long.toUnsignedString(mailbox.historyId()))
                        .status());
        assertEquals(400, http.get("history").status());
        assertEquals(
                400, http.get("history?startHistoryId=18446744073709551616").status());
    }

    @Test
    void list_idsAbove2To63_areOrderedAsUnsigned() throws Exception {
        try (FakeGmail high = FakeGmail.builder()
                .user(ADA, "t")
                .firstHistoryId(Long.MAX_VALUE - 1)
                .start()) {
            GmailHttp client = new GmailHttp(high, "t");
            String start = client.get("profile").string("historyId");
            for (int i = 0; i < 4; i++) {
                high.mailbox(ADA).add(TestMail.plain("m" + i), "INBOX");
            }
            GmailHttp.Answer history = client.get("history?startHistoryId=" + start + "&maxResults=2");
            GmailHttp.Answer rest =
                    client.get("history?startHistoryId=" + start + "&pageToken=" + history.string("nextPageToken"));
            assertEquals(2, rest.each("history", "id").size());
            assertTrue(rest.string("historyId").compareTo("9223372036854775808") > 0);
        }
    }
}
