package dev.steadymail.server.discovery;

import java.util.List;

/** Asks name servers for records that are not addresses. Thread-safe. */
@FunctionalInterface
interface DnsRecords {
    /**
     * Returns records as text in the form of zone files, such as {@code 10 5 993 imap.example.com.}; none where there are none, or where
     * nobody answers.
     *
     * @param type {@code SRV} or {@code MX}
     */
    List<String> find(String name, String type);
}
