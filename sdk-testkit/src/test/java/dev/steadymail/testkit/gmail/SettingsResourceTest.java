package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingsResourceTest extends GmailTestCase {
    private static final String FILTER =
            "{\"criteria\":{\"from\":\"bob@example.org\"},\"action\":{\"addLabelIds\":[\"STARRED\"]}}";

    @Test
    void sendAs_listsTheUserFirstAndThenAliases() throws Exception {
        mailbox.addSendAs("a.lovelace@example.com", "Ada L.");
        GmailHttp.Answer all = http.get("settings/sendAs");
        assertEquals(List.of(ADA, "a.lovelace@example.com"), all.each("sendAs", "sendAsEmail"));
        assertEquals(
                "Ada L.", http.get("settings/sendAs/a.lovelace@example.com").string("displayName"));
        assertEquals(404, http.get("settings/sendAs/x@example.com").status());
    }

    @Test
    void filter_isCreatedListedAndDeleted() throws Exception {
        assertFalse(http.get("settings/filters").json().has("filter"));
        GmailHttp.Answer created = http.post("settings/filters", FILTER);
        String id = created.string("id");
        assertEquals(
                "bob@example.org",
                created.json().getAsJsonObject("criteria").get("from").getAsString());
        assertEquals(List.of(id), http.get("settings/filters").each("filter", "id"));
        assertEquals(created.json(), http.get("settings/filters/" + id).json());
        assertEquals(204, http.delete("settings/filters/" + id).status());
        assertEquals(404, http.get("settings/filters/" + id).status());
        assertEquals(404, http.delete("settings/filters/" + id).status());
    }

    @Test
    void filter_thatCannotBe_isRefused() throws Exception {
        assertEquals(200, http.post("settings/filters", FILTER).status());
        assertTrue(http.post("settings/filters", FILTER).text().contains("Filter already exists"));
        assertEquals(
                400,
                http.post("settings/filters", "{\"action\":{\"addLabelIds\":[\"STARRED\"]}}")
                        .status());
        assertEquals(
                400,
                http.post("settings/filters", "{\"criteria\":{\"from\":\"x\"}}").status());
        assertEquals(
                400,
                http.post(
                                "settings/filters",
                                "{\"criteria\":{\"from\":\"x\"},\"action\":{\"addLabelIds\":[\"Label_9\"]}}")
                        .status());
    }

    @Test
    void filter_forwardsToAcceptedAddressesOnly() throws Exception {
        mailbox.addForwardingAddress("new@example.org", false);
        mailbox.addForwardingAddress("known@example.org", true);
        assertEquals(
                List.of("new@example.org", "known@example.org"),
                http.get("settings/forwardingAddresses").each("forwardingAddresses", "forwardingEmail"));
        assertEquals(
                "pending",
                http.get("settings/forwardingAddresses/new@example.org").string("verificationStatus"));
        assertEquals(400, forward("new@example.org"));
        assertEquals(400, forward("unknown@example.org"));
        assertEquals(200, forward("known@example.org"));
    }

    @Test
    void vacation_isKeptAsItWasPut() throws Exception {
        assertFalse(http.get("settings/vacation").json().get("enableAutoReply").getAsBoolean());
        GmailHttp.Answer put = http.put(
                "settings/vacation",
                "{\"enableAutoReply\":true,\"responseSubject\":\"Away\",\"startTime\":\"1\",\"endTime\":\"2\",\"x\":1}");
        assertEquals(200, put.status());
        JsonObject kept = http.get("settings/vacation").json();
        assertEquals(put.json(), kept);
        assertEquals("Away", kept.get("responseSubject").getAsString());
        assertFalse(kept.has("x"));
    }

    @Test
    void vacation_thatCannotBe_isRefused() throws Exception {
        assertEquals(
                400, http.put("settings/vacation", "{\"enableAutoReply\":true}").status());
        assertEquals(
                400,
                http.put(
                                "settings/vacation",
                                "{\"enableAutoReply\":true,\"responseSubject\":\"x\",\"startTime\":\"2\",\"endTime\":\"2\"}")
                        .status());
        assertEquals(
                400, http.put("settings/vacation", "{\"startTime\":\"soon\"}").status());
    }

    private int forward(String address) throws Exception {
        return http.post(
                        "settings/filters",
                        "{\"criteria\":{\"to\":\"x\"},\"action\":{\"forward\":\"" + address + "\"}}")
                .status();
    }
}
