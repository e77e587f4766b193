package dev.steadymail.server.accounts;

import dev.steadymail.server.web.Items;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Lists of accounts, page by page, oldest first. */
final class AccountPages {
    /** How many accounts a page has where nobody says: more than most organisations have. */
    static final String USUAL = "200";

    private static final int MOST = 1_000;

    private AccountPages() {}

    /**
     * Returns a page.
     *
     * @param limit brought into 1 to 1,000
     * @param shown turns accounts, and how many emails each has, into items
     * @throws WrongAccountCursorException where {@code after} is no cursor
     */
    static <T> Items<T> page(
            ConnectedAccounts accounts,
            @Nullable String after,
            int limit,
            BiFunction<List<Account>, Map<UUID, Long>, List<T>> shown) {
        int size = Math.max(1, Math.min(MOST, limit));
        List<Account> found = accounts.page(AccountCursor.parse(after), size + 1);
        List<Account> page = found.size() > size ? found.subList(0, size) : found;
        String next =
                found.size() > size ? AccountCursor.after(page.get(size - 1)).text() : null;
        return new Items<>(
                shown.apply(
                        page,
                        accounts.emailCounts(page.stream().map(Account::id).toList())),
                next);
    }
}
