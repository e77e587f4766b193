package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ThreadsAndDraftsTest extends GmailTestCase {

    @Test
    void add_replyWithSameSubject_joinsTheThread() throws Exception {
        String first = mailbox.add(TestMail.plain("Plan", "Message-ID: <1@x>"), "INBOX");
        String reply = mailbox.add(TestMail.plain("Re: Plan", "In-Reply-To: <1@x>"), "INBOX", "UNREAD");
        String other = mailbox.add(TestMail.plain("Other", "References: <1@x>"), "INBOX");
        String thread = mailbox.message(first).threadId();
        assertEquals(thread, mailbox.message(reply).threadId());
        assertNotEquals(thread, mailbox.message(other).threadId());
        assertEquals(
                List.of(first, reply),
                http.get("threads/" + thread + "?format=minimal").each("messages", "id"));
        assertEquals(2, http.get("threads").each("threads", "id").size());
        assertEquals(List.of(thread), http.get("threads?q=is:unread").each("threads", "id"));
    }

    @Test
    void thread_modifyTrashDelete_reachEveryMessage() throws Exception {
        String first = mailbox.add(TestMail.plain("Plan", "Message-ID: <1@x>"), "INBOX");
        String reply = mailbox.add(TestMail.plain("Re: Plan", "In-Reply-To: <1@x>"), "INBOX");
        String thread = "threads/" + mailbox.message(first).threadId();
        http.post(thread + "/modify", "{\"addLabelIds\":[\"STARRED\"]}");
        http.post(thread + "/trash", "");
        assertEquals(List.of("STARRED", "TRASH"), mailbox.message(reply).labelIds());
        http.post(thread + "/untrash", "");
        assertEquals(List.of("STARRED"), mailbox.message(first).labelIds());
        assertEquals(204, http.delete(thread).status());
        assertEquals(404, http.get(thread).status());
    }

    @Test
    void draft_updateGivesNewMessageIdAndSendDeletesIt() throws Exception {
        GmailHttp.Answer created =
                http.post("drafts", "{\"message\":{\"raw\":\"" + raw(TestMail.plain("Draft one")) + "\"}}");
        String draft = created.string("id");
        String firstMessage =
                created.json().getAsJsonObject("message").get("id").getAsString();
        GmailHttp.Answer updated =
                http.put("drafts/" + draft, "{\"message\":{\"raw\":\"" + raw(TestMail.plain("Draft two")) + "\"}}");
        assertEquals(draft, updated.string("id"));
        assertNotEquals(
                firstMessage,
                updated.json().getAsJsonObject("message").get("id").getAsString());
        assertEquals(404, http.get("messages/" + firstMessage).status());
        assertEquals(List.of(draft), http.get("drafts").each("drafts", "id"));
        assertTrue(http.get("drafts/" + draft).text().contains("Draft two"));
        GmailHttp.Answer sent = http.post("drafts/send", "{\"id\":\"" + draft + "\"}");
        assertTrue(mailbox.message(sent.string("id")).labelIds().contains("SENT"));
        assertEquals(404, http.get("drafts/" + draft).status());
        assertEquals(1, mailbox.messages().size());
    }

    @Test
    void draft_delete_removesTheMessage() throws Exception {
        String message = mailbox.add(TestMail.plain("d"), "DRAFT");
        String draft = http.get("drafts").each("drafts", "id").get(0);
        assertEquals(204, http.delete("drafts/" + draft).status());
        assertEquals(404, http.get("messages/" + message).status());
    }
}
