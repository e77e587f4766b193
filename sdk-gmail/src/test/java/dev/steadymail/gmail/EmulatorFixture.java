package dev.steadymail.gmail;

import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.conformance.Backdoor;
import dev.steadymail.testkit.conformance.GmailBackdoor;
import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.SampleMail;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The only account of a running emulator, put back to its empty seed. */
final class EmulatorFixture implements MailFixture {
    /** Of the emulator, with and without the shim before it. */
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
            new Gap(
                    "an updated draft keeps its message's id",
                    Set.of(
                            "replaced_draftsOldIdNamesNothing",
                            "draftThatAnotherClientReplaced_isAConflictAndTheirs",
                            "replacementsAtTheSameTime_leaveOneDraftOfAWinner")),
            new Gap(
                    "messages are dated by their Date field whatever is asked for",
                    Set.of("import_withoutTimeAndMarks_isNewAndOfNow")));

    private final URI root;
    private final String token;
    private final String user;
    private final EmulatorState state;
    private final GmailBackdoor backdoor;
    private final StallingProxy proxy;

    private EmulatorFixture(URI root, String token, String user, EmulatorState state) {
        this.root = root;
        this.token = token;
        this.user = user;
        this.state = state;
        this.backdoor = new GmailBackdoor(root, token);
        state.reset();
        this.proxy = new StallingProxy(root.getPort());
    }

    /** Returns a fixture for an emulator behind the shim, which takes commands. */
    static EmulatorFixture shimmed(URI root, String token, String user) {
        return new EmulatorFixture(root, token, user, new ShimState(new EmulatorHttp(root, token)));
    }

    /** Returns a fixture for the emulator alone. */
    static EmulatorFixture bare(URI root, String token, String user) {
        return new EmulatorFixture(root, token, user, new BareState(new EmulatorHttp(root, token)));
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
        return state.expireHistory();
    }

    @Override
    public Optional<Stall> stall() {
        return Optional.of(proxy.stall());
    }

    @Override
    public List<Gap> gaps() {
        return Stream.concat(state.gaps().stream(), GAPS.stream()).toList();
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
}
