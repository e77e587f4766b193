package dev.steadymail.gmail;

import dev.steadymail.gmail.json.AnswerReader;
import dev.steadymail.gmail.json.SavedMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An API method that takes a message.
 *
 * @param name as in Google's reference; quota plans know it by this
 * @param repeatable whether doing it twice does no more than doing it once
 * @param verb POST or PUT
 * @param path below the user, with parameters where it has some, without those of the upload
 * @param json what is said of the message
 * @param reader reads the answer
 */
record UploadMethod(
        String name, boolean repeatable, String verb, String path, String json, AnswerReader<SavedMessage> reader) {
    static final UploadMethod SEND = new UploadMethod(
            "messages.send", false, "POST", "messages/send?fields=id,threadId", "{}", SavedMessage::read);

    static final UploadMethod CREATE_DRAFT = new UploadMethod(
            "drafts.create", false, "POST", "drafts?fields=id,message(id,threadId)", "{}", SavedMessage::readDraft);

    /** An update done twice leaves one draft, of the second message. */
    static UploadMethod updateDraft(String draftId) {
        String id = URLEncoder.encode(draftId, StandardCharsets.UTF_8);
        return new UploadMethod(
                "drafts.update",
                true,
                "PUT",
                "drafts/" + id + "?fields=id,message(id,threadId)",
                "{}",
                SavedMessage::readDraft);
    }

    static UploadMethod insert(String dateSource, String json) {
        return new UploadMethod(
                "messages.insert",
                false,
                "POST",
                "messages?fields=id,threadId&internalDateSource=" + dateSource,
                json,
                SavedMessage::read);
    }
}
