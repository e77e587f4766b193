package dev.steadymail.testkit.sync;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.RawVisitor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account whose provider does what a sync needs of it in another way, and all else as before: for building a bug in on purpose, and
 * seeing that it is noticed. Thread-safe where the tampering is.
 */
public final class TamperedAccount implements MailAccount {
    private final MailAccount account;
    private final Tampering tampering;

    /** @param tampering stands between the sync and each provider that is opened */
    public TamperedAccount(MailAccount account, Tampering tampering) {
        this.account = account;
        this.tampering = tampering;
    }

    @Override
    public AccountId id() {
        return account.id();
    }

    @Override
    public GuardProfile guard() {
        return account.guard();
    }

    @Override
    public MailProvider open(ProviderContext context) {
        MailProvider provider = account.open(context);
        return (MailProvider) Proxy.newProxyInstance(
                MailProvider.class.getClassLoader(),
                new Class<?>[] {MailProvider.class},
                (proxy, method, arguments) -> call(provider, method, arguments == null ? new Object[0] : arguments));
    }

    @SuppressWarnings("unchecked") // as the provider's methods are declared
    private @Nullable Object call(MailProvider provider, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("changes")) {
            return tampering.changes((ChangeRequest) arguments[0], (Call) arguments[1], provider);
        }
        if (method.getName().equals("raw") && arguments[0] instanceof List<?> ids) {
            tampering.raw((List<EmailId>) ids, (RawVisitor) arguments[1], (Call) arguments[2], provider);
            return null;
        }
        try {
            return method.invoke(provider, arguments);
        } catch (InvocationTargetException failure) {
            throw Objects.requireNonNullElse(failure.getCause(), failure);
        }
    }

    /** What is done in the place of a provider. */
    public interface Tampering {
        /** See {@link MailProvider#changes}. */
        default ChangePage changes(ChangeRequest request, Call call, MailProvider provider) {
            return provider.changes(request, call);
        }

        /** See {@link MailProvider#raw(List, RawVisitor, Call)}. */
        default void raw(List<EmailId> ids, RawVisitor visitor, Call call, MailProvider provider) {
            provider.raw(ids, visitor, call);
        }
    }
}
