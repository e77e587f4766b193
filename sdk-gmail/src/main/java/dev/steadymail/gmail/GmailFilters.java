package dev.steadymail.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Filter;
import com.google.api.services.gmail.model.FilterAction;
import com.google.api.services.gmail.model.FilterCriteria;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a Gmail account, which others do not have: reached by {@code mail.unwrap(GmailFilters.class)}. Each call ends within
 * a minute and fails with {@link MailException} only; without the scope {@code gmail.settings.basic} it is FORBIDDEN. Thread-safe.
 */
public final class GmailFilters {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final String FIELDS = "id,criteria,action";

    private final GmailApi api;
    private final String user;
    private final TimeSource time;

    GmailFilters(GmailApi api, String user, TimeSource time) {
        this.api = api;
        this.user = user;
        this.time = time;
    }

    /** Returns all filters. */
    public List<GmailFilter> list() {
        var answer = api.send(
                ApiCall.list(
                        "settings.filters.list",
                        gmail -> filters(gmail).list(user).setFields("filter(" + FIELDS + ")")),
                call());
        return answer.getFilter() == null
                ? List.of()
                : answer.getFilter().stream().map(GmailFilters::filter).toList();
    }

    /**
     * Creates a filter; its id is ignored. Never repeated after an unclear end.
     *
     * @return the filter with its id
     * @throws MailException INVALID where Gmail does not take it, or there is one like it
     */
    public GmailFilter create(GmailFilter filter) {
        Filter content = content(filter);
        ApiCall<Filter> create = new ApiCall<>(
                "settings.filters.create",
                false,
                ApiCall.Size.SMALL,
                gmail -> filters(gmail).create(user, content.clone()).setFields(FIELDS),
                null);
        return filter(api.send(create, call()));
    }

    /**
     * Removes a filter.
     *
     * @throws MailException NOT_FOUND where it is gone
     */
    public void delete(GmailFilter filter) {
        String id = filter.id();
        if (id == null) {
            throw MailException.of(Kind.NOT_FOUND, "the filter has no id; list the filters and delete one of those");
        }
        api.run(ApiCall.small("settings.filters.delete", gmail -> filters(gmail).delete(user, id)), call());
    }

    private Call call() {
        return new Call(time.deadline(LONGEST));
    }

    private static Gmail.Users.Settings.Filters filters(Gmail gmail) {
        return gmail.users().settings().filters();
    }

    private static GmailFilter filter(Filter of) {
        FilterCriteria match = of.getCriteria() == null ? new FilterCriteria() : of.getCriteria();
        FilterAction action = of.getAction() == null ? new FilterAction() : of.getAction();
        return new GmailFilter(
                of.getId(),
                new GmailFilter.Match(
                        match.getFrom(),
                        match.getTo(),
                        match.getSubject(),
                        match.getQuery(),
                        match.getNegatedQuery(),
                        match.getHasAttachment()),
                mailboxes(action.getAddLabelIds()),
                mailboxes(action.getRemoveLabelIds()),
                action.getForward());
    }

    private static Filter content(GmailFilter of) {
        GmailFilter.Match match = of.match();
        return new Filter()
                .setCriteria(new FilterCriteria()
                        .setFrom(match.from())
                        .setTo(match.to())
                        .setSubject(match.subject())
                        .setQuery(match.query())
                        .setNegatedQuery(match.negatedQuery())
                        .setHasAttachment(match.hasAttachment()))
                .setAction(new FilterAction()
                        .setAddLabelIds(labels(of.add()))
                        .setRemoveLabelIds(labels(of.remove()))
                        .setForward(of.forward()));
    }

    private static Set<MailboxId> mailboxes(@Nullable Collection<String> labels) {
        return labels == null
                ? Set.of()
                : labels.stream()
                        .filter(label -> !label.isBlank())
                        .map(MailboxId::new)
                        .collect(Collectors.toSet());
    }

    private static @Nullable List<String> labels(Set<MailboxId> mailboxes) {
        return mailboxes.isEmpty()
                ? null
                : new ArrayList<>(
                        mailboxes.stream().map(MailboxId::value).sorted().toList());
    }
}
