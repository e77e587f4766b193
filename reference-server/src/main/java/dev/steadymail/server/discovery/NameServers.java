package dev.steadymail.server.discovery;

import dev.steadymail.server.discovery.Candidate.Confidence;
import dev.steadymail.server.discovery.Candidate.Source;
import dev.steadymail.server.discovery.Server.Protection;
import java.util.List;
import java.util.Optional;

/** What the name servers of a domain tell: services (RFC 6186, RFC 8314 section 5.1), and who takes its mail. Thread-safe. */
final class NameServers {
    private final DnsRecords records;
    private final KnownProviders providers;

    NameServers(DnsRecords records, KnownProviders providers) {
        this.records = records;
        this.providers = providers;
    }

    /** Returns what the domain's SRV records name; servers outside of the domain need a look (RFC 6186 section 6). */
    Optional<Candidate> services(MailAddress address) {
        Optional<Server> imap = service(address, "_imaps._tcp.", Protection.TLS)
                .or(() -> service(address, "_imap._tcp.", Protection.STARTTLS));
        return imap.map(server -> {
            Server smtp = service(address, "_submissions._tcp.", Protection.TLS)
                    .or(() -> service(address, "_submission._tcp.", Protection.STARTTLS))
                    .orElse(null);
            boolean isInside = address.owns(server.host()) && (smtp == null || address.owns(smtp.host()));
            return new Candidate(
                    Source.SRV,
                    isInside ? Confidence.MEDIUM : Confidence.LOW,
                    address.text(),
                    server,
                    smtp,
                    Candidate.PASSWORD,
                    null);
        });
    }

    private Optional<Server> service(MailAddress address, String service, Protection protection) {
        return SrvRecord.best(records.find(service + address.domain(), "SRV"))
                .map(record -> new Server(record.host(), record.port(), protection));
    }

    /** Returns the known provider whose exchangers take the domain's mail. */
    Optional<Candidate> exchanger(MailAddress address) {
        List<String> exchangers = records.find(address.domain(), "MX");
        return exchangers.stream()
                .map(record -> SrvRecord.withoutRoot(record.substring(record.lastIndexOf(' ') + 1)))
                .map(providers::ofExchanger)
                .flatMap(Optional::stream)
                .findFirst()
                .map(provider -> provider.candidate(address, Source.MX));
    }
}
