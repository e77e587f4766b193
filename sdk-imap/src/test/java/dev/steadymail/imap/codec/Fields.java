package dev.steadymail.imap.codec;

import jakarta.mail.Flags;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.ParameterList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.eclipse.angus.mail.imap.protocol.ENVELOPE;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.MODSEQ;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/** What both readers tell of a message, as text of one form. */
final class Fields {
    private static final Map<String, Flags.Flag> SYSTEM = Map.of(
            "\\seen", Flags.Flag.SEEN,
            "\\answered", Flags.Flag.ANSWERED,
            "\\flagged", Flags.Flag.FLAGGED,
            "\\deleted", Flags.Flag.DELETED,
            "\\draft", Flags.Flag.DRAFT,
            "\\recent", Flags.Flag.RECENT);

    private Fields() {}

    static String of(FetchData data) {
        StringBuilder text = new StringBuilder();
        text.append("uid=").append(data.message().uid());
        text.append(" size=").append(data.size());
        text.append(" modSeq=").append(data.modSeq());
        text.append(" flags=").append(data.flags() == null ? null : flags(data.flags()));
        text.append(" date=").append(data.internalDate());
        text.append(" envelope=").append(data.envelope() == null ? null : envelope(data.envelope()));
        text.append(" structure=").append(data.structure() == null ? null : structure(data.structure()));
        return text.toString();
    }

    static String of(FetchResponse response) {
        UID uid = response.getItem(UID.class);
        RFC822SIZE size = response.getItem(RFC822SIZE.class);
        MODSEQ modSeq = response.getItem(MODSEQ.class);
        Flags flags = response.getItem(org.eclipse.angus.mail.imap.protocol.FLAGS.class);
        INTERNALDATE date = response.getItem(INTERNALDATE.class);
        ENVELOPE envelope = response.getItem(ENVELOPE.class);
        BODYSTRUCTURE structure = response.getItem(BODYSTRUCTURE.class);
        return "uid=" + (uid == null ? 0 : uid.uid)
                + " size=" + (size == null ? -1 : size.size)
                + " modSeq=" + (modSeq == null ? 0 : modSeq.modseq)
                + " flags=" + (flags == null ? null : flags(flags))
                + " date="
                + (date == null || date.getDate() == null
                        ? null
                        : date.getDate().toInstant())
                + " envelope=" + (envelope == null ? null : envelope(envelope))
                + " structure=" + (structure == null ? null : structure(structure));
    }

    private static Set<String> flags(List<String> flags) {
        return flags.stream().map(flag -> flag.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> flags(Flags flags) {
        Set<String> names = flags(Arrays.asList(flags.getUserFlags()));
        SYSTEM.forEach((name, flag) -> {
            if (flags.contains(flag)) {
                names.add(name);
            }
        });
        if (flags.contains(Flags.Flag.USER)) {
            names.add("\\*");
        }
        return names;
    }

    private static String envelope(EnvelopeData envelope) {
        List<List<EnvelopeData.Address>> lists = List.of(
                envelope.from(), envelope.sender(), envelope.replyTo(), envelope.to(), envelope.cc(), envelope.bcc());
        return List.of(
                        text(envelope.subject()),
                        text(envelope.inReplyTo()),
                        text(envelope.messageId()),
                        lists.stream().map(Fields::addresses).toList())
                .toString();
    }

    private static List<String> addresses(List<EnvelopeData.Address> addresses) {
        return addresses.stream()
                .filter(address -> address.host() != null)
                .map(address -> bare(text(address.mailbox()) + "@" + text(address.host())))
                .toList();
    }

    private static String envelope(ENVELOPE envelope) {
        List<InternetAddress @Nullable []> lists =
                Arrays.asList(envelope.from, envelope.sender, envelope.replyTo, envelope.to, envelope.cc, envelope.bcc);
        return List.of(
                        text(envelope.subject),
                        text(envelope.inReplyTo),
                        text(envelope.messageId),
                        lists.stream().map(Fields::addresses).toList())
                .toString();
    }

    private static List<String> addresses(InternetAddress @Nullable [] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses)
                        .filter(address -> !address.isGroup())
                        .map(address -> bare(text(address.getAddress())))
                        .toList();
    }

    private static String bare(String address) {
        return address.endsWith("@") ? address.substring(0, address.length() - 1) : address;
    }

    private static String structure(StructureData part) {
        return part.type() + "/" + part.subtype() + new TreeMap<>(part.parameters())
                + (part.type().equals("multipart") ? "" : " " + part.encoding() + " " + part.size() + " " + part.id())
                + " " + part.disposition() + new TreeMap<>(part.dispositionParameters())
                + part.parts().stream().map(Fields::structure).toList();
    }

    private static String structure(BODYSTRUCTURE part) {
        List<BODYSTRUCTURE> parts = part.bodies == null ? List.of() : Arrays.asList(part.bodies);
        return lower(part.type) + "/" + lower(part.subtype) + parameters(part.cParams)
                + (part.isMulti()
                        ? ""
                        : " " + lower(Objects.requireNonNullElse(part.encoding, "7bit")) + " " + Math.max(0, part.size)
                                + " " + part.id)
                + " " + (part.disposition == null ? null : lower(part.disposition)) + parameters(part.dParams)
                + parts.stream().map(Fields::structure).toList();
    }

    private static Map<String, String> parameters(@Nullable ParameterList parameters) {
        Map<String, String> values = new TreeMap<>();
        if (parameters != null) {
            for (String name : Collections.list(parameters.getNames())) {
                values.put(lower(name), text(parameters.get(name)));
            }
        }
        return values;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
