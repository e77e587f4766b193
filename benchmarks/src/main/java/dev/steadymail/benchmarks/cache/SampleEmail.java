package dev.steadymail.benchmarks.cache;

import dev.steadymail.cache.codec.EmailCodec;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.FetchLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An answer in a conversation, as a server tells its metadata that does not make up senders where there are none. */
final class SampleEmail {
    private static final String[] WORDS =
            ("the meeting of last Thursday went well and as you know we shall have to look at"
                            + " figures for our second quarter before anybody signs please find attached what was said about costs travel"
                            + " hiring and a date on which everyone can be there with kind regards")
                    .split(" ", -1);

    private static final String NOISE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private SampleEmail() {}

    /** Returns one whose header is ASCII, as most is. */
    static Email ascii() {
        return email("Re: Minutes of Thursday's meeting and the plan for the second quarter", "Grace Hopper");
    }

    /** Returns one whose subject and author are not. */
    static Email accented() {
        return email("Re: Протокол встречи в четверг и план на второй квартал", "Zoë Müller-Lüdenscheidt");
    }

    /** Returns one of 4 KB or little less as the codec writes it, which goes to many whose names and subject are words. */
    static Email ofWords() {
        Random random = new Random(2);
        return toMany(() -> WORDS[random.nextInt(WORDS.length)], 121);
    }

    /** Returns one of about as much whose names and subject are random letters. */
    static Email ofNoise() {
        Random random = new Random(3);
        return toMany(
                () -> random.ints(6, 0, NOISE.length())
                        .mapToObj(NOISE::charAt)
                        .map(String::valueOf)
                        .collect(Collectors.joining()),
                93);
    }

    private static Email toMany(Supplier<String> word, int people) {
        List<EmailAddress> to = new ArrayList<>();
        for (int n = 0; n < people; n++) {
            String address = word.get() + "." + word.get() + "@" + word.get() + "." + word.get();
            to.add(new EmailAddress(word.get() + " " + word.get(), address));
        }
        Email one = email(word.get() + " " + word.get(), "Grace Hopper");
        Envelope envelope = new Envelope(
                one.subject(),
                List.of(new EmailAddress("Grace Hopper", "grace.hopper@eng.example.com")),
                List.of(),
                List.of(),
                to,
                List.of(),
                List.of(),
                "<CAKmbZvT8m1q0YwX3=9sFq4ZkQ7dB2hJ@mail.example.com>",
                null,
                null,
                Instant.parse("2025-11-30T18:44:05Z"));
        return new Email(one.id(), null, null, Set.of(), Set.of(), one.receivedAt(), one.size(), envelope, null);
    }

    /** Returns so many octets: the metadata of one, and random words where that is not enough. */
    static byte[] octets(int count) {
        byte[] metadata = EmailCodec.encode(ascii(), FetchLevel.METADATA);
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < count) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(8) == 0 ? ".\r\n" : " ");
        }
        byte[] octets = Arrays.copyOf(metadata, count);
        byte[] words = text.toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(words, 0, octets, metadata.length, count - metadata.length);
        return octets;
    }

    private static Email email(String subject, String author) {
        Envelope envelope = new Envelope(
                subject,
                List.of(new EmailAddress(author, "grace.hopper@eng.example.com")),
                List.of(),
                List.of(),
                List.of(
                        new EmailAddress("Ada Lovelace", "ada.lovelace@example.org"),
                        new EmailAddress(null, "planning@lists.example.net")),
                List.of(new EmailAddress("Charles Babbage", "charles@analytical.example")),
                List.of(),
                "<CAKmbZvT8m1q0YwX3=9sFq4ZkQ7dB2hJ@mail.example.com>",
                "<9f1c2d3e-5a6b-47c8-9d0e-1f2a3b4c5d6e@example.org>",
                "<20251128103005.GA4711@lists.example.net> <CAF=nq2Zr7Y1w5xk8pLm3@mail.example.com>"
                        + " <9f1c2d3e-5a6b-47c8-9d0e-1f2a3b4c5d6e@example.org>",
                Instant.parse("2025-11-30T18:44:05Z"));
        return new Email(
                new EmailId("1700000000.4711.INBOX"),
                null,
                null,
                Set.of(),
                Set.of(),
                Instant.parse("2025-11-30T18:44:09Z"),
                48_213,
                envelope,
                null);
    }
}
