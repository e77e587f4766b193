package dev.steadymail.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.BatchModifyMessagesRequest;
import com.google.api.services.gmail.model.Label;
import com.google.api.services.gmail.model.ModifyMessageRequest;
import com.google.api.services.gmail.model.Profile;
import com.google.api.services.gmail.model.Thread;
import com.google.api.services.gmail.model.WatchRequest;
import dev.steadymail.gmail.ApiCall.Size;
import dev.steadymail.gmail.json.AttachmentBody;
import dev.steadymail.gmail.json.GmailMessage;
import dev.steadymail.gmail.json.HistoryPage;
import dev.steadymail.gmail.json.IdPage;
import dev.steadymail.gmail.json.Octets;
import dev.steadymail.provider.Call;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API methods in use, one each, always with {@code fields}, so that no answer holds more than is read. Thread-safe. */
final class GmailMethods {
    static final int MAX_PAGE = 500;
    static final int MAX_BATCH = 1_000;

    private final GmailApi api;
    private final String user;

    GmailMethods(GmailApi api, String user) {
        this.api = api;
        this.user = user;
    }

    Profile profile(Call call) {
        return api.send(
                ApiCall.small(
                        "getProfile", gmail -> gmail.users().getProfile(user).setFields("historyId,messagesTotal")),
                call);
    }

    List<Label> labels(Call call) {
        var answer = api.send(
                ApiCall.small(
                        "labels.list",
                        gmail -> gmail.users().labels().list(user).setFields("labels(id,name,type)")),
                call);
        return answer.getLabels() == null ? List.of() : answer.getLabels();
    }

    IdPage list(Listing listing, @Nullable String pageToken, int maxResults, Call call) {
        return api.send(
                ApiCall.streamed("messages.list", Size.LIST, IdPage::read, gmail -> {
                    Gmail.Users.Messages.List request = messages(gmail)
                            .list(user)
                            .setMaxResults((long) Math.min(maxResults, MAX_PAGE))
                            .setIncludeSpamTrash(listing.includeSpamTrash())
                            .setFields("messages(id,threadId),nextPageToken");
                    if (!listing.labelIds().isEmpty()) {
                        request.setLabelIds(new ArrayList<>(listing.labelIds()));
                    }
                    if (!listing.q().isEmpty()) {
                        request.setQ(listing.q());
                    }
                    return pageToken == null ? request : request.setPageToken(pageToken);
                }),
                call);
    }

    GmailMessage get(String id, MessageView view, Call call) {
        return api.send(getting(id, view), call);
    }

    /** Reads several messages with one request. */
    List<Outcome<GmailMessage>> getAll(List<String> ids, MessageView view, Call call) {
        return api.sendAll(ids.stream().map(id -> getting(id, view)).toList(), call);
    }

    /** Returns how many messages should be read with one request now. */
    int batchParts() {
        return api.batchParts("messages.get");
    }

    private ApiCall<GmailMessage> getting(String id, MessageView view) {
        return ApiCall.streamed("messages.get", view.size(), GmailMessage::read, gmail -> {
            Gmail.Users.Messages.Get request =
                    messages(gmail).get(user, id).setFormat(view.format()).setFields(view.fields());
            return view.headers().isEmpty() ? request : request.setMetadataHeaders(new ArrayList<>(view.headers()));
        });
    }

    /** Returns the content of an attachment. */
    Octets attachment(String messageId, String attachmentId, Call call) {
        return api.send(
                ApiCall.streamed(
                        "messages.attachments.get",
                        Size.DOWNLOAD,
                        AttachmentBody::read,
                        gmail -> messages(gmail)
                                .attachments()
                                .get(user, messageId, attachmentId)
                                .setFields("data,size")),
                call);
    }

    void modify(String id, LabelChange change, Call call) {
        ModifyMessageRequest body = new ModifyMessageRequest()
                .setAddLabelIds(new ArrayList<>(change.add()))
                .setRemoveLabelIds(new ArrayList<>(change.remove()));
        var unused = api.send(
                ApiCall.small(
                        "messages.modify",
                        gmail -> messages(gmail).modify(user, id, body.clone()).setFields("id")),
                call);
    }

    /** Changes labels of up to {@value #MAX_BATCH} messages; nothing is said per message. */
    void batchModify(List<String> ids, LabelChange change, Call call) {
        BatchModifyMessagesRequest body = new BatchModifyMessagesRequest()
                .setIds(new ArrayList<>(ids))
                .setAddLabelIds(new ArrayList<>(change.add()))
                .setRemoveLabelIds(new ArrayList<>(change.remove()));
        api.run(ApiCall.list("messages.batchModify", gmail -> messages(gmail).batchModify(user, body.clone())), call);
    }

    /** Removes a message for good; repeating it ends in NOT_FOUND, which is as good. */
    void delete(String id, Call call) {
        api.run(ApiCall.small("messages.delete", gmail -> messages(gmail).delete(user, id)), call);
    }

    Thread thread(String id, Call call) {
        return api.send(
                ApiCall.list(
                        "threads.get",
                        gmail -> gmail.users()
                                .threads()
                                .get(user, id)
                                .setFormat("minimal")
                                .setFields("id,messages(id,internalDate)")),
                call);
    }

    HistoryPage history(BigInteger start, @Nullable String pageToken, int maxResults, Call call) {
        return api.send(
                ApiCall.streamed("history.list", Size.LIST, HistoryPage::read, gmail -> {
                    Gmail.Users.History.List request = gmail.users()
                            .history()
                            .list(user)
                            .setStartHistoryId(start)
                            .setMaxResults((long) Math.min(maxResults, MAX_PAGE))
                            .setFields(
                                    "history(id,messages(id),messagesAdded(message(id,labelIds)),messagesDeleted(message(id)),"
                                            + "labelsAdded(message(id),labelIds),labelsRemoved(message(id),labelIds)),"
                                            + "historyId,nextPageToken");
                    return pageToken == null ? request : request.setPageToken(pageToken);
                }),
                call);
    }

    /** Has changes published to a topic; returns until when, in milliseconds since 1970, or 0 where that was not told. */
    long watch(String topic, Call call) {
        WatchRequest request = new WatchRequest().setTopicName(topic);
        var answer = api.send(
                ApiCall.small(
                        "watch",
                        gmail -> gmail.users().watch(user, request.clone()).setFields("expiration")),
                call);
        return answer.getExpiration() == null ? 0 : answer.getExpiration();
    }

    private static Gmail.Users.Messages messages(Gmail gmail) {
        return gmail.users().messages();
    }
}
