package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LabelsResourceTest extends GmailTestCase {

    @Test
    void list_hasSystemAndUserLabelsWithoutCounts() throws Exception {
        String id = mailbox.createLabel("Work/Projects");
        GmailHttp.Answer labels = http.get("labels");
        assertTrue(labels.each("labels", "id").containsAll(List.of("INBOX", "CATEGORY_FORUMS", id)));
        assertFalse(labels.text().contains("messagesTotal"));
    }

    @Test
    void get_hasCounts() throws Exception {
        mailbox.add(TestMail.plain("a"), "INBOX", "UNREAD");
        mailbox.add(TestMail.plain("b"), "INBOX");
        JsonObject inbox = http.get("labels/INBOX").json();
        assertEquals(2, inbox.get("messagesTotal").getAsInt());
        assertEquals(1, inbox.get("messagesUnread").getAsInt());
        assertEquals("system", inbox.get("type").getAsString());
        assertEquals(404, http.get("labels/Label_77").status());
    }

    @Test
    void createUpdatePatchDelete_changeTheMailbox() throws Exception {
        GmailHttp.Answer created = http.post("labels", "{\"name\":\"One\",\"labelListVisibility\":\"labelShow\"}");
        String id = created.string("id");
        assertEquals(409, http.post("labels", "{\"name\":\"one\"}").status());
        assertEquals(400, http.post("labels", "{\"name\":\"Inbox\"}").status());
        http.put("labels/" + id, "{\"name\":\"Two\"}");
        GmailHttp.Answer patched = http.send(http.request("labels/" + id)
                .method("PATCH", BodyPublishers.ofString("{\"messageListVisibility\":\"hide\"}")));
        assertEquals("Two", patched.string("name"));
        GmailHttp.Answer overridden = http.send(http.request("labels/" + id)
                .header("X-HTTP-Method-Override", "PATCH")
                .POST(BodyPublishers.ofString("{\"name\":\"Three\"}")));
        assertEquals("hide", overridden.string("messageListVisibility"));
        String message = mailbox.add(TestMail.plain("a"), id);
        assertEquals(204, http.delete("labels/" + id).status());
        assertEquals(List.of(), mailbox.message(message).labelIds());
        assertEquals(400, http.delete("labels/INBOX").status());
    }

    @Test
    void settings_areCheckedAndKept() throws Exception {
        GmailHttp.Answer created = http.post(
                "labels", "{\"name\":\"One\",\"color\":{\"textColor\":\"#ffffff\",\"backgroundColor\":\"#4986e7\"}}");
        String id = created.string("id");
        JsonObject color = http.get("labels/" + id).json().getAsJsonObject("color");
        assertEquals("#4986e7", color.get("backgroundColor").getAsString());
        assertEquals(
                400,
                http.post("labels", "{\"name\":\"Two\",\"color\":{\"textColor\":\"#ffffff\"}}")
                        .status());
        assertEquals(
                400,
                http.post("labels", "{\"name\":\"Two\",\"labelListVisibility\":\"never\"}")
                        .status());
        assertEquals(
                400,
                http.post("labels", "{\"name\":\"Two\",\"messageListVisibility\":\"never\"}")
                        .status());
        assertEquals(400, http.put("labels/SENT", "{\"name\":\"Two\"}").status());
        assertEquals(404, http.put("labels/Label_99", "{\"name\":\"Two\"}").status());
    }

    @Test
    void renameLabel_keepsIdAndMessages() {
        String id = mailbox.createLabel("Old");
        String message = mailbox.add(TestMail.plain("a"), id);
        mailbox.renameLabel(id, "New/Name");
        assertTrue(mailbox.labels().contains(new GmailLabel(id, "New/Name", false)));
        assertEquals(List.of(id), mailbox.message(message).labelIds());
    }
}
