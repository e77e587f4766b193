package dev.steadymail.server.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.mail.EmailSummary;
import dev.steadymail.server.mail.StoredMail;
import dev.steadymail.server.search.StoredSearch.Page;
import dev.steadymail.server.search.StoredSearch.StoredHit;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Searches over HTTP. */
@RestController
class SearchController {
    private final ConnectedAccounts accounts;
    private final StoredSearch stored;
    private final ProviderSearch providers;
    private final StoredMail mail;
    private final SearchSettings settings;

    SearchController(
            ConnectedAccounts accounts,
            StoredSearch stored,
            ProviderSearch providers,
            StoredMail mail,
            SearchSettings settings) {
        this.accounts = accounts;
        this.stored = stored;
        this.providers = providers;
        this.mail = mail;
        this.settings = settings;
    }

    @GetMapping("/api/v1/search")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Search emails by words, people, time, size and state")
    Found search(@ParameterObject @ModelAttribute SearchRequest request) {
        if (request.account() != null) {
            accounts.require(request.account());
        }
        Wanted wanted = request.wanted();
        return found(wanted, page(request, wanted));
    }

    private Page page(SearchRequest request, Wanted wanted) {
        if (request.isAtProvider()) {
            return providers.search(request.providersAccount(), wanted, request.size());
        }
        if (request.findsNothing(wanted)) {
            return Page.none();
        }
        return stored.search(wanted, request.isNewestFirst(), request.position(), request.size());
    }

    private Found found(Wanted wanted, Page page) {
        Map<UUID, EmailSummary> emails = mail
                .summaries(page.hits().stream().map(StoredHit::id).toList())
                .stream()
                .collect(Collectors.toMap(EmailSummary::id, Function.identity()));
        Predicate<String> hit = Highlights.hits(
                wanted.shown(), page.engine(), !settings.language().equals("simple"));
        List<Hit> hits = page.hits().stream()
                .map(each -> hit(each, emails.get(each.id()), hit))
                .filter(Objects::nonNull)
                .toList();
        String next = page.next() == null ? null : page.next().text();
        return new Found(hits, next, page.engine(), page.total(), page.totalIsMore());
    }

    /** Null for an email that went away since it was found. */
    private static @Nullable Hit hit(StoredHit stored, @Nullable EmailSummary email, Predicate<String> hit) {
        return email == null
                ? null
                : new Hit(email, Highlights.of(email.subject(), stored.body(), hit), stored.score());
    }

    /**
     * One page of a search.
     *
     * @param next what to give as {@code cursor} for the page behind this one; null on the last
     * @param engine who answered
     * @param total how many there are, 1,000 at most
     * @param totalIsMore whether there are more than {@code total}
     */
    record Found(List<Hit> items, @Nullable String next, Engine engine, int total, boolean totalIsMore) {}

    /**
     * An email that was found.
     *
     * @param score higher is better, to be compared within one search; 0 where nothing was ranked
     */
    record Hit(@JsonUnwrapped EmailSummary email, Highlights highlights, double score) {
        @Override
        public String toString() {
            return "Hit[" + email.id() + "]";
        }
    }
}
