package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessagesResourceTest extends GmailTestCase {

    @Test
    void list_overSeveralPages_givesEachOnceNewestFirst() throws Exception {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            added.add(mailbox.add(TestMail.plain("m" + i), NOW.plusSeconds(i / 2), "INBOX"));
        }
        Collections.reverse(added);
        List<String> listed = new ArrayList<>();
        String token = "";
        do {
            GmailHttp.Answer page = http.get("messages?maxResults=3&pageToken=" + token);
            listed.addAll(page.each("messages", "id"));
            token = page.json().has("nextPageToken") ? page.string("nextPageToken") : "";
        } while (!token.isEmpty());
        assertEquals(added, listed);
    }

    @Test
    void list_messageArrivesBetweenPages_nothingDoubledOrMissed() throws Exception {
        mailbox.add(TestMail.plain("old"), NOW.minusSeconds(60), "INBOX");
        String middle = mailbox.add(TestMail.plain("middle"), NOW, "INBOX");
        GmailHttp.Answer first = http.get("messages?maxResults=1");
        mailbox.add(TestMail.plain("new"), NOW.plusSeconds(60), "INBOX");
        GmailHttp.Answer second = http.get("messages?maxResults=1&pageToken=" + first.string("nextPageToken"));
        assertEquals(List.of(middle), first.each("messages", "id"));
        assertFalse(second.each("messages", "id").contains(middle));
        assertFalse(second.json().has("nextPageToken"));
    }

    @Test
    void list_withoutMatches_omitsTheArray() throws Exception {
        GmailHttp.Answer empty = http.get("messages");
        assertFalse(empty.json().has("messages"));
        assertEquals("0", empty.string("resultSizeEstimate"));
    }

    @Test
    void list_labelsAndTrash_areFiltered() throws Exception {
        String label = mailbox.createLabel("Work/Projects");
        String both = mailbox.add(TestMail.plain("a"), NOW, "INBOX", label);
        String inbox = mailbox.add(TestMail.plain("b"), NOW, "INBOX");
        String trashed = mailbox.add(TestMail.plain("c"), NOW, "TRASH");
        assertEquals(
                List.of(both),
                http.get("messages?labelIds=INBOX&labelIds=" + label).each("messages", "id"));
        assertEquals(List.of(inbox, both), http.get("messages").each("messages", "id"));
        assertEquals(List.of(trashed), http.get("messages?labelIds=TRASH").each("messages", "id"));
        assertEquals(
                3,
                http.get("messages?includeSpamTrash=true")
                        .each("messages", "id")
                        .size());
        assertEquals(400, http.get("messages?labelIds=Label_99").status());
    }

    @Test
    void get_raw_givesExactBytes() throws Exception {
        byte[] bytes = "no header at all \u00ff\u0000".getBytes(StandardCharsets.ISO_8859_1);
        String id = mailbox.add(bytes, Instant.ofEpochMilli(1_234_567), "INBOX", "UNREAD");
        GmailHttp.Answer message = http.get("messages/" + id + "?format=raw");
        assertArrayEquals(bytes, unraw(message.string("raw")));
        assertEquals("1234567", message.string("internalDate"));
        assertEquals(16, id.length());
        assertFalse(message.json().has("payload"));
    }

    @Test
    void get_metadata_givesOnlyTheHeadersAskedFor() throws Exception {
        String id = mailbox.add(TestMail.withAttachment(), "INBOX");
        JsonObject payload = http.get("messages/" + id + "?format=metadata&metadataHeaders=subject&metadataHeaders=To")
                .json()
                .getAsJsonObject("payload");
        assertEquals(2, payload.getAsJsonArray("headers").size());
        assertFalse(payload.has("parts"));
        assertEquals("multipart/mixed", payload.get("mimeType").getAsString());
        assertFalse(http.get("messages/" + id + "?format=minimal").json().has("payload"));
    }

    @Test
    void get_full_givesTreeWithInlineTextAndAttachmentId() throws Exception {
        String id = mailbox.add(TestMail.withAttachment(), "INBOX");
        JsonArray parts =
                http.get("messages/" + id).json().getAsJsonObject("payload").getAsJsonArray("parts");
        JsonObject text =
                parts.get(0).getAsJsonObject().getAsJsonArray("parts").get(0).getAsJsonObject();
        JsonObject file = parts.get(1).getAsJsonObject();
        assertEquals("0.0", text.get("partId").getAsString());
        byte[] latin = "Gr\u00fc\u00dfe!".getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(latin, unraw(text.getAsJsonObject("body").get("data").getAsString()));
        assertEquals("r\u00e9sum\u00e9.pdf", file.get("filename").getAsString());
        assertEquals(13, file.getAsJsonObject("body").get("size").getAsInt());
        assertFalse(file.getAsJsonObject("body").has("data"));
        String attachmentId = file.getAsJsonObject("body").get("attachmentId").getAsString();
        GmailHttp.Answer attachment = http.get("messages/" + id + "/attachments/" + attachmentId);
        assertArrayEquals("Hello, world!".getBytes(StandardCharsets.UTF_8), unraw(attachment.string("data")));
        assertEquals(400, http.get("messages/" + id + "/attachments/nonsense").status());
    }

    @Test
    void modify_trashAndUntrash_changeLabels() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX", "UNREAD");
        GmailHttp.Answer modified = http.post(
                "messages/" + id + "/modify", "{\"addLabelIds\":[\"STARRED\"],\"removeLabelIds\":[\"UNREAD\"]}");
        assertEquals(List.of("INBOX", "STARRED"), mailbox.message(id).labelIds());
        assertEquals(3, modified.json().size());
        http.post("messages/" + id + "/trash", "");
        assertEquals(List.of("STARRED", "TRASH"), mailbox.message(id).labelIds());
        http.post("messages/" + id + "/untrash", "");
        assertEquals(List.of("STARRED"), mailbox.message(id).labelIds());
        assertEquals(
                400,
                http.post("messages/" + id + "/modify", "{\"addLabelIds\":[\"SENT\"]}")
                        .status());
        assertEquals(
                400,
                http.post("messages/" + id + "/modify", "{\"addLabelIds\":[\"Nope\"]}")
                        .status());
        assertEquals(400, http.post("messages/" + id + "/modify", "{broken").status());
    }

    @Test
    void batchModifyAndBatchDelete_passOverMissingIds() throws Exception {
        String a = mailbox.add(TestMail.plain("a"), "INBOX");
        String b = mailbox.add(TestMail.plain("b"), "INBOX");
        String ids = "\"ids\":[\"" + a + "\",\"gone\",\"" + b + "\"]";
        assertEquals(
                204,
                http.post("messages/batchModify", "{" + ids + ",\"removeLabelIds\":[\"INBOX\"]}")
                        .status());
        assertEquals(List.of(), mailbox.message(b).labelIds());
        assertEquals(204, http.post("messages/batchDelete", "{" + ids + "}").status());
        assertTrue(mailbox.messages().isEmpty());
    }

    @Test
    void batchModify_over1000Ids_isRefused() throws Exception {
        String ids = String.join(",", Collections.nCopies(1_001, "\"x\""));
        GmailHttp.Answer refused = http.post("messages/batchModify", "{\"ids\":[" + ids + "]}");
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("Number of ids cannot exceed 1000"));
    }

    @Test
    void delete_thenGet_givesGoogleShaped404() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        assertEquals(204, http.delete("messages/" + id).status());
        JsonObject error = http.get("messages/" + id).json().getAsJsonObject("error");
        assertEquals(404, error.get("code").getAsInt());
        assertEquals("NOT_FOUND", error.get("status").getAsString());
        JsonObject detail = error.getAsJsonArray("errors").get(0).getAsJsonObject();
        assertEquals("notFound", detail.get("reason").getAsString());
        assertEquals("global", detail.get("domain").getAsString());
    }

    @Test
    void calls_onAKeptConnection_areNotHeldUpByDelayedAcknowledgements() throws Exception {
        mailbox.add(TestMail.plain("a"), "INBOX");
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertEquals(200, http.get("messages").status());
        }
        // A delayed acknowledgement costs 40 ms each, 8 s in all.
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 6);
    }
}
