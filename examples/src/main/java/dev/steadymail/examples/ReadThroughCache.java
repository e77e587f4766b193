package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.MailCache;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;

/** Shows the inbox again and again, and asks the provider once. */
public final class ReadThroughCache {
    private ReadThroughCache() {}

    public static void main(String[] args) {
        MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT);
        long shown = run(ExampleAccount.from(System.getenv()), cache, 10);
        System.out.printf(
                "%d subjects shown, %.0f %% of all questions answered by the cache%n",
                shown, 100 * cache.statistics().hitRate());
    }

    static long run(MailAccount account, MailCache cache, int times) {
        long shown = 0;
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(CachedAccount.of(account, cache))) {
            for (int time = 0; time < times; time++) {
                shown += mail.emails().query(EmailQuery.in(Role.INBOX)).stream()
                        .peek(email -> System.out.println(email.subject()))
                        .count();
            }
        }
        return shown;
    }
}
