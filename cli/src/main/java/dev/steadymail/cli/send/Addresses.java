package dev.steadymail.cli.send;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mime.header.AddressList;
import java.util.ArrayList;
import java.util.List;

/** Reads addresses from arguments, as {@code ada@example.com} or {@code Ada Lovelace <ada@example.com>}, with commas between. */
public final class Addresses {
    private Addresses() {}

    /**
     * Returns the addresses of an option.
     *
     * @throws CommandException wrong usage, where one of them cannot be sent to; it is not repeated
     */
    public static List<EmailAddress> read(String option, List<String> values) {
        List<EmailAddress> addresses = new ArrayList<>();
        for (String value : values) {
            List<EmailAddress> read = AddressList.parse(value);
            if (read.isEmpty() || !read.stream().allMatch(one -> OutgoingEmail.accepts(one.address()))) {
                throw wrong(option);
            }
            addresses.addAll(read);
        }
        return addresses;
    }

    /** Returns the one address of an option. */
    public static EmailAddress one(String option, String value) {
        List<EmailAddress> read = read(option, List.of(value));
        if (read.size() != 1) {
            throw wrong(option);
        }
        return read.get(0);
    }

    private static CommandException wrong(String option) {
        return CommandException.usage(
                option
                        + " must be an address such as ada@example.com or \"Ada Lovelace <ada@example.com>\", in ASCII before the @");
    }
}
