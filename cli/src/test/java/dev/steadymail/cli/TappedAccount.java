package dev.steadymail.cli;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.RawVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An account that tells which raw messages were read, and does something after each, or before a call. */
final class TappedAccount implements MailAccount {
    final List<EmailId> read = new ArrayList<>();
    Runnable afterEach = () -> {};

    private final Map<String, Deque<Runnable>> before = new HashMap<>();
    private final MailAccount account;

    TappedAccount(MailAccount account) {
        this.account = account;
    }

    /** Ends the run after so many messages as kill -9 does: no handler of ours runs. */
    void killAfter(int messages) {
        int end = read.size() + messages;
        afterEach = () -> {
            if (read.size() >= end) {
                throw new Killed();
            }
        };
    }

    /** Has something happen before the next call of an operation of the provider that nothing is planned for yet. */
    void before(String operation, Runnable action) {
        before.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(action);
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

    private Object call(MailProvider provider, Method method, Object[] args) throws Throwable {
        Runnable planned =
                before.getOrDefault(method.getName(), new ArrayDeque<>()).poll();
        if (planned != null) {
            planned.run();
        }
        if (args != null && args.length == 3 && args[1] instanceof RawVisitor visitor) {
            args[1] = new Tap(visitor);
        }
        try {
            return method.invoke(provider, args);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private final class Tap implements RawVisitor {
        private final RawVisitor visitor;

        Tap(RawVisitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public void message(Email email, InputStream content) throws IOException {
            visitor.message(email, content);
            read.add(email.id());
            afterEach.run();
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            visitor.unreadable(id, reason);
        }
    }

    /** Stands for the end of the process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
