package dev.steadymail.testkit.content;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PartRange;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An in-memory account whose calls are written down, and whose ranges may be changed on their way. */
final class WatchedAccount implements MailAccount {
    private final InMemoryAccount account;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<PartRange> ranges = range -> range;
    private volatile UnaryOperator<InputStream> messages = octets -> octets;
    private volatile Consumer<String> before = call -> {};

    WatchedAccount(InMemoryAccount account) {
        this.account = account;
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
                (proxy, method, args) -> call(provider, method, args));
    }

    /** Changes every range that is answered from now on. */
    void changeRanges(UnaryOperator<PartRange> change) {
        ranges = change;
    }

    /** Changes every whole message that comes from now on. */
    void changeMessages(UnaryOperator<InputStream> change) {
        messages = change;
    }

    /** Does something before each call from now on, given its name. */
    void before(Consumer<String> action) {
        before = action;
    }

    /** Returns the calls so far: name and lane. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    long calls(String name) {
        return calls.stream().filter(call -> call.startsWith(name + " ")).count();
    }

    void forgetCalls() {
        calls.clear();
    }

    private Object @Nullable [] changed(Object @Nullable [] args) {
        return args == null
                ? null
                : Stream.of(args)
                        .map(each -> each instanceof RawVisitor visitor ? changed(visitor) : each)
                        .toArray();
    }

    private RawVisitor changed(RawVisitor visitor) {
        return new RawVisitor() {
            @Override
            public void message(Email email, InputStream octets) throws IOException {
                visitor.message(email, messages.apply(octets));
            }

            @Override
            public void unreadable(EmailId id, MailException reason) {
                visitor.unreadable(id, reason);
            }
        };
    }

    private Object call(MailProvider provider, Method method, Object[] args) throws Throwable {
        Stream<Object> given = args == null ? Stream.empty() : Stream.of(args);
        Lane lane = given.filter(Call.class::isInstance)
                .map(call -> ((Call) call).lane())
                .findFirst()
                .orElse(null);
        if (lane != null) {
            before.accept(method.getName());
            calls.add(method.getName() + " " + lane);
        }
        try {
            Object answer = method.invoke(provider, changed(args));
            return answer instanceof PartRange range ? ranges.apply(range) : answer;
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
