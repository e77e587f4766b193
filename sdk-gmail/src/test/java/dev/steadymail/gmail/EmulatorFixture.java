package dev.steadymail.gmail;

import com.google.gson.JsonParser;
import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.conformance.Backdoor;
import dev.steadymail.testkit.conformance.GmailBackdoor;
import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.SampleMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The only account of a running emulator, put back to its empty seed. */
final class EmulatorFixture implements MailFixture {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final List<Gap> GAPS = List.of(
            new Gap(
                    "format=full brings the Content-Type of no text part, so no charset",
                    Set.of("get_structure_ofPlainText_isOnePart", "get_structure_ofNestedMultiparts_keepsTheTree")),
            new Gap("file names in RFC 2231 form are not read", Set.of("get_structure_namesAttachmentsBeyondAscii")),
            new Gap(
                    "search takes -in: for a plain word, so what bears no label cannot be listed",
                    Set.of(
                            "archive_takesTheEmailOutOfTheInbox",
                            "destroy_emailsInNoOtherMailbox_stayOnlyWhereMailboxesAreLabels")),
            new Gap("there are no vacation settings", Set.of("vacation_isKeptAsItWasSet")),
            new Gap("an updated draft keeps its message's id", Set.of("replaced_draftsOldIdNamesNothing")),
            new Gap(
                    "messages are dated by their Date field whatever is asked for",
                    Set.of("import_withoutTimeAndMarks_isNewAndOfNow")));

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI root;
    private final String token;
    private final String user;
    private final GmailBackdoor backdoor;
    private final StallingProxy proxy;

    EmulatorFixture(URI root, String token, String user) {
        this.root = root;
        this.token = token;
        this.user = user;
        this.backdoor = new GmailBackdoor(root, token);
        control("_test/reset", "{}");
        this.proxy = new StallingProxy(root.getPort());
    }

    @Override
    public Set<Capability> declares() {
        return FakeGmailFixture.DECLARED;
    }

    @Override
    public Set<Role> roles() {
        return FakeGmailFixture.ROLES;
    }

    @Override
    public MailAccount account() {
        return with(token, URI.create(proxy.rootUrl()));
    }

    @Override
    public Backdoor backdoor() {
        return backdoor;
    }

    @Override
    public MailAccount wrongCredentials() {
        return with("wrong", root);
    }

    @Override
    public MailAccount unreachable() {
        return with(token, URI.create("http://127.0.0.1:1/"));
    }

    @Override
    public MailboxId unknownMailbox() {
        return new MailboxId("Label_987654321");
    }

    @Override
    public boolean expireCursors() {
        // A change that nobody sees, so that even the newest cursor is older than what is kept.
        SampleMail passing = SampleMail.named("passing");
        backdoor.deliver("INBOX", passing.bytes(), Set.of(), passing.date());
        backdoor.remove(passing.messageId());
        control("_test/history-floor", "{\"oldest\":\"" + historyId() + "\"}");
        return true;
    }

    @Override
    public Optional<Stall> stall() {
        return Optional.of(proxy.stall());
    }

    @Override
    public List<Gap> gaps() {
        return GAPS;
    }

    @Override
    public void close() {
        proxy.close();
    }

    private MailAccount with(String accessToken, URI at) {
        return GmailAccount.with(Tokens.fixed(accessToken))
                .user(user)
                .rootUrl(at)
                .guarded(Unpaced.GUARD);
    }

    private String historyId() {
        HttpRequest.Builder profile = request("gmail/v1/users/me/profile").header("Authorization", "Bearer " + token);
        return JsonParser.parseString(send(profile.build()))
                .getAsJsonObject()
                .get("historyId")
                .getAsString();
    }

    private void control(String path, String body) {
        var unused = send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT);
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the emulator's control answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the emulator", interrupt);
        }
    }
}
