package dev.steadymail.server.outbox;

import dev.steadymail.server.drafts.AttachedFile;
import dev.steadymail.server.drafts.Octets;
import dev.steadymail.server.drafts.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether two requests ask for the same. For one request, on one thread. */
final class RequestHash {
    private final MessageDigest digest = sha256();

    private RequestHash() {}

    /** Returns the SHA-256 of all that a request says, in hexadecimal. */
    static String of(SendRequest request) {
        RequestHash hash = new RequestHash();
        hash.add(request.draftId());
        hash.add(request.sendAt());
        hash.addPerson(request.from());
        hash.addPeople(request.to());
        hash.addPeople(request.cc());
        hash.addPeople(request.bcc());
        hash.add(request.subject());
        hash.add(request.text());
        hash.add(request.html());
        hash.add(request.inReplyTo());
        hash.addFiles(request.attachments());
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private void addPeople(@Nullable List<Person> people) {
        add(people == null ? null : people.size());
        if (people != null) {
            people.forEach(this::addPerson);
        }
    }

    private void addPerson(@Nullable Person person) {
        add(person == null ? null : person.name());
        add(person == null ? null : person.address());
    }

    private void addFiles(@Nullable List<AttachedFile> files) {
        add(files == null ? null : files.size());
        for (AttachedFile file : files == null ? List.<AttachedFile>of() : files) {
            add(file.fileName());
            add(file.type());
            add(file.partId());
            Octets octets = file.contentBase64();
            add(octets == null ? null : octets.sha256());
        }
    }

    /** Lengths keep values apart. */
    private void add(@Nullable Object value) {
        byte[] octets = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        digest.update(((value == null ? "-" : octets.length) + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(octets);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
