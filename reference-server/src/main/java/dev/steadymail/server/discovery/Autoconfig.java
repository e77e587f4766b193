package dev.steadymail.server.discovery;

import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Asks a domain's own site, where Thunderbird looks, too. Thread-safe. */
final class Autoconfig {
    private final HttpsFetch fetch;

    Autoconfig(HttpsFetch fetch) {
        this.fetch = fetch;
    }

    /** Returns the two places, of which either may be there. */
    static List<URI> places(MailAddress address) {
        String email = URLEncoder.encode(address.text(), StandardCharsets.UTF_8);
        return List.of(
                URI.create("https://autoconfig." + address.domain() + "/mail/config-v1.1.xml?emailaddress=" + email),
                URI.create("https://" + address.domain() + "/.well-known/autoconfig/mail/config-v1.1.xml"));
    }

    /** Returns what a place says; empty where it says nothing that can be used. */
    Optional<Candidate> read(URI place, MailAddress address, Deadline deadline) {
        try {
            return AutoconfigXml.parse(fetch.get(place, deadline), address);
        } catch (IOException nothing) {
            return Optional.empty();
        }
    }
}
