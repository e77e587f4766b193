package dev.steadymail.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.steadymail.testkit.conformance.MailFixture.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Without the shim: the API's own means only. */
final class BareState implements EmulatorState {
    private static final String ME = "gmail/v1/users/me/";
    private static final List<Gap> GAPS = List.of(
            new Gap(
                    "there is no getProfile, which tells the history id that a sync begins with",
                    Set.of(
                            "sync_first_readsEverythingInPages",
                            "sync_emptyAccount_knowsItsMailboxes",
                            "sync_nothingChanged_changesNothing",
                            "sync_delivery_readsOnlyTheNewEmail",
                            "sync_removal_dropsTheEmail",
                            "sync_keywordChange_costsNoRead",
                            "sync_ownKeywordChange_showsToo",
                            "sync_move_showsTheEmailInItsNewMailboxOnly",
                            "sync_newMailboxWithEmail_bringsBoth",
                            "sync_renamedMailbox_keepsItsEmailsWithoutReadingThem",
                            "sync_manyChangesAtOnce_converges",
                            "sync_cutAfterAPage_goesOnFromThere",
                            "sync_changesBetweenPages_areNotLost",
                            "sync_expiredCursor_recoversTheDifference")),
            new Gap(
                    "a multipart upload is kept with its envelope as the message, and its labels are not read",
                    Set.of(
                            "import_keepsOctetsMarksAndTime",
                            "import_withoutTimeAndMarks_isNewAndOfNow",
                            "import_ofALargeMessage_keepsEveryOctet",
                            "import_intoAMailboxThatIsNotThere_isNotFoundAndAddsNothing",
                            "import_intoSeveralMailboxes_isInAllOfThem",
                            "create_draftIsAnEmailInItsMailbox",
                            "send_endsTheDraftAndLeavesOneCopyInSent")),
            new Gap(
                    "drafts.update takes no uploads",
                    Set.of("replace_leavesOneDraftUnderItsNewId", "replaced_draftsOldIdNamesNothing")),
            new Gap("rfc822msgid: finds nothing", Set.of("query_byMessageId_findsTheEmailThatBearsIt")),
            new Gap("an unknown access token is the first user's", Set.of("call_wrongCredentials_asksForOtherOnes")));

    private final EmulatorHttp http;

    BareState(EmulatorHttp http) {
        this.http = http;
    }

    @Override
    public void reset() {
        ids("drafts", "drafts").forEach(id -> http.delete(ME + "drafts/" + id));
        ids("messages?includeSpamTrash=true&maxResults=500", "messages")
                .forEach(id -> http.delete(ME + "messages/" + id));
        for (JsonElement label : elements("labels", "labels")) {
            JsonObject fields = label.getAsJsonObject();
            if (fields.get("type").getAsString().equals("user")) {
                http.delete(ME + "labels/" + fields.get("id").getAsString());
            }
        }
    }

    @Override
    public boolean expireHistory() {
        return false;
    }

    @Override
    public List<Gap> gaps() {
        return GAPS;
    }

    private List<String> ids(String path, String name) {
        List<String> ids = new ArrayList<>();
        elements(path, name)
                .forEach(one -> ids.add(one.getAsJsonObject().get("id").getAsString()));
        return ids;
    }

    private JsonArray elements(String path, String name) {
        JsonArray found = http.get(ME + path).getAsJsonArray(name);
        return found == null ? new JsonArray() : found;
    }
}
