package dev.steadymail.server.changes;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.MailView;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.Call;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.changes.AccountMailboxes.StoredMailbox;
import dev.steadymail.server.changes.EmailChange.Wish;
import dev.steadymail.server.changes.ProviderChange.Outcome;
import dev.steadymail.server.sync.StoredChanges;
import dev.steadymail.server.web.ApiException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Changes emails of one account with as few requests as go. Thread-safe. */
@Component
class AccountChanges {
    private final AccountClients clients;
    private final ConnectedAccounts accounts;
    private final MailRuntime runtime;
    private final ChangeSettings settings;
    private final Targets targets;
    private final ProviderChange provider;
    private final StoredChanges stored;

    AccountChanges(
            AccountClients clients,
            ConnectedAccounts accounts,
            MailRuntime runtime,
            ChangeSettings settings,
            Targets targets,
            ProviderChange provider,
            StoredChanges stored) {
        this.clients = clients;
        this.accounts = accounts;
        this.runtime = runtime;
        this.settings = settings;
        this.targets = targets;
        this.provider = provider;
        this.stored = stored;
    }

    /** Returns the account for calls that all end within the deadline of a change. */
    MailView open(UUID account) {
        return clients.of(account).with(new Call(runtime.time().deadline(settings.deadline())));
    }

    /**
     * Changes emails.
     *
     * @param emails of that account
     * @param failed is told of each that was not changed, and why
     * @return what became of the others
     */
    Map<UUID, Outcome> change(UUID account, List<Target> emails, Wish wish, BiConsumer<UUID, RuntimeException> failed) {
        Map<UUID, Outcome> outcomes = new HashMap<>();
        try {
            MailClient client = clients.of(account);
            MailView mail = open(account);
            boolean tellsNewIds = client.capabilities().has(Capability.DESTROY);
            plans(account, emails, wish, client, failed).forEach((plan, group) -> {
                try {
                    outcomes.putAll(provider.run(account, mail, plan, group, tellsNewIds));
                } catch (MailException | ApiException failure) {
                    group.forEach(email -> failed.accept(email.id(), failure));
                }
            });
        } catch (MailException | ApiException failure) {
            emails.forEach(email -> failed.accept(email.id(), failure));
        }
        return outcomes;
    }

    private Map<Plan, List<Target>> plans(
            UUID account,
            List<Target> emails,
            Wish wish,
            MailClient client,
            BiConsumer<UUID, RuntimeException> failed) {
        boolean several = client.capabilities().has(Capability.MULTIPLE_MAILBOXES);
        AccountMailboxes mailboxes = targets.mailboxes(account);
        Map<Plan, List<Target>> plans = new LinkedHashMap<>();
        for (Target email : emails) {
            try {
                plans.computeIfAbsent(Plan.of(wish, email, mailboxes, several), plan -> new java.util.ArrayList<>())
                        .add(email);
            } catch (ApiException impossible) {
                failed.accept(email.id(), impossible);
            }
        }
        return plans;
    }

    /**
     * Removes an email for good that is in the trash or the junk mailbox, at the provider as well as here.
     *
     * @throws WrongChangeException where it is in neither
     */
    void destroy(Target email) {
        AccountMailboxes mailboxes = targets.mailboxes(email.account());
        if (email.mailboxes().stream().noneMatch(id -> mailboxes.has(id, Role.TRASH) || mailboxes.has(id, Role.JUNK))) {
            throw new WrongChangeException(
                    "only what is in the trash or the junk mailbox is removed for good; DELETE without permanently first");
        }
        MailView mail = open(email.account());
        requireDoomed(mail, email, mailboxes);
        boolean done = false;
        try {
            mail.emails().destroy(List.of(email.providerId()));
            boolean unused = stored.apply(email.account(), batch -> batch.destroy(email.providerId()));
            done = true;
        } finally {
            if (!done) {
                accounts.syncNow(email.account());
            }
        }
    }

    /** Another program may have taken it back out since, and where ids outlast moves it would be lost. */
    private void requireDoomed(MailView mail, Target email, AccountMailboxes mailboxes) {
        Set<MailboxId> doomed = Stream.of(Role.TRASH, Role.JUNK)
                .map(mailboxes::find)
                .flatMap(Optional::stream)
                .map(StoredMailbox::providerId)
                .collect(Collectors.toSet());
        boolean there = mail.emails().get(List.of(email.providerId()), FetchLevel.STATE).stream()
                .map(Email::mailboxIds)
                .anyMatch(now -> now.stream().anyMatch(doomed::contains));
        if (!there) {
            accounts.syncNow(email.account());
            throw new MovedAwayException();
        }
    }
}
