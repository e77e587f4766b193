package dev.steadymail.testkit.gmail;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the mailbox and the route of a call, executes it, and cuts the reply down to the fields asked for. */
final class RestApi {
    private static final Pattern PATH = Pattern.compile("(?:(?:/resumable)?/upload)?/gmail/v1/users/([^/]+)/(.+)");
    private static final List<Route> ROUTES = Stream.of(
                    ProfileResource.routes(),
                    LabelsResource.routes(),
                    MessagesResource.routes(),
                    AttachmentsResource.routes(),
                    UploadResource.routes(),
                    HistoryResource.routes(),
                    ThreadsResource.routes(),
                    DraftsResource.routes(),
                    WatchResource.routes(),
                    SettingsResource.routes(),
                    FiltersResource.routes())
            .flatMap(List::stream)
            .toList();

    private static final Set<String> UPLOADS = Set.of(
            "messages.insert", "messages.import", "messages.send", "drafts.create", "drafts.update", "drafts.send");

    private final Mailboxes mailboxes;
    private final TokenEndpoint tokens;
    private final QuotaMeter quota;
    private final ResumableUploads uploads;

    RestApi(Mailboxes mailboxes, TokenEndpoint tokens, QuotaMeter quota, ResumableUploads uploads) {
        this.mailboxes = mailboxes;
        this.tokens = tokens;
        this.quota = quota;
        this.uploads = uploads;
    }

    static boolean isCall(ApiRequest request) {
        return PATH.matcher(request.path()).matches();
    }

    /** Returns the name that quota tables have for the call, such as {@code messages.get}; empty if it is none. */
    static String name(ApiRequest request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return "";
        }
        // Pieces of an upload come by PUT, whichever method announced it.
        List<String> methods = ResumableUploads.isPart(request) ? List.of("POST", "PUT") : List.of(request.method());
        for (String method : methods) {
            for (Route route : ROUTES) {
                if (route.match(method, path.group(2)) != null) {
                    return route.name();
                }
            }
        }
        return "";
    }

    Reply answer(ApiRequest request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            throw ApiException.notFound();
        }
        Mailbox mailbox = mailbox(path.group(1), tokens.authenticate(request));
        if (request.isUpload() && !UPLOADS.contains(name(request))) {
            throw ApiException.notFound();
        }
        if (ResumableUploads.isPart(request)) {
            return uploads.answer(request, this::answer);
        }
        for (Route route : ROUTES) {
            List<String> ids = route.match(request.method(), path.group(2));
            if (ids != null) {
                quota.charge(mailbox.address(), route.name());
                return selected(request, execute(route, new Call(request, mailboxes, mailbox, ids)));
            }
        }
        throw ApiException.notFound();
    }

    private Reply execute(Route route, Call call) {
        synchronized (mailboxes.lock()) {
            return route.action().answer(call);
        }
    }

    private Mailbox mailbox(String userId, String owner) {
        Mailbox mailbox = mailboxes.find(owner);
        if (mailbox == null || (!userId.equals("me") && mailbox != mailboxes.find(userId))) {
            throw new ApiException(403, "forbidden", "Delegation denied for the user of this token");
        }
        return mailbox;
    }

    private static Reply selected(ApiRequest request, Reply reply) {
        String fields = request.param("fields");
        if (fields == null || fields.isBlank() || reply.body().length == 0) {
            return reply;
        }
        String json = new String(reply.body(), StandardCharsets.UTF_8);
        return Reply.json(reply.status(), FieldMask.parse(fields).apply(JsonParser.parseString(json)));
    }
}
