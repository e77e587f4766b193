package dev.steadymail.server.drafts;

import dev.steadymail.mail.EmailAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody that an email is from or goes to. */
public record Person(@Nullable String name, @Nullable String address) {
    static Person of(EmailAddress address) {
        return new Person(address.name(), address.address());
    }

    static List<Person> of(List<EmailAddress> addresses) {
        return addresses.stream().map(Person::of).toList();
    }

    @Override
    public String toString() {
        return "Person[hidden]";
    }
}
