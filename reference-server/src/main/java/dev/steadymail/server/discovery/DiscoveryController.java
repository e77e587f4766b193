package dev.steadymail.server.discovery;

import dev.steadymail.server.accounts.ChecksAtOnce;
import dev.steadymail.server.accounts.ServerFinder.Found;
import dev.steadymail.server.accounts.SmtpUrl;
import dev.steadymail.server.discovery.Candidate.Confidence;
import dev.steadymail.server.discovery.Candidate.Source;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Autodiscovery over HTTP. */
@RestController
class DiscoveryController {
    private final Discovery discovery;
    private final ChecksAtOnce checks;

    DiscoveryController(Discovery discovery, ChecksAtOnce checks) {
        this.discovery = discovery;
        this.checks = checks;
    }

    @PostMapping("/api/v1/accounts/discover")
    @Access(Scope.ACCOUNTS_WRITE)
    @Operation(summary = "Find the servers of an email address, the likeliest first; nothing is connected")
    Items<CandidateView> discover(@RequestBody DiscoverRequest request, Caller caller) {
        MailAddress address = MailAddress.parse(request.email() == null ? "" : request.email());
        List<Candidate> found = checks.run(caller.organisation(), () -> discovery.candidates(address));
        return Items.all(found.stream().map(CandidateView::of).toList());
    }

    /** Asks for the servers of an address. */
    record DiscoverRequest(@Nullable String email) {
        @Override
        public String toString() {
            return "DiscoverRequest[hidden]";
        }
    }

    /**
     * A candidate as the API shows it.
     *
     * @param url what connecting the account takes as {@code url}
     * @param smtp what it takes as {@code smtp}, or null
     */
    record CandidateView(
            Source source,
            Confidence confidence,
            String url,
            @Nullable String smtp,
            String user,
            Server imap,
            @Nullable Server submission,
            List<String> logins,
            @Nullable String hint) {
        static CandidateView of(Candidate candidate) {
            Found found = Discovery.found(candidate);
            return new CandidateView(
                    candidate.source(),
                    candidate.confidence(),
                    found.url().text(),
                    found.smtp() == null ? null : SmtpUrl.text(found.smtp()),
                    candidate.user(),
                    candidate.imap(),
                    candidate.smtp(),
                    candidate.logins(),
                    candidate.hint());
        }

        @Override
        public String toString() {
            return "CandidateView[" + source + "]";
        }
    }
}
