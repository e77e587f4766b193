package dev.steadymail.server.discovery;

import dev.steadymail.server.accounts.HostText;
import dev.steadymail.server.discovery.Candidate.Confidence;
import dev.steadymail.server.discovery.Candidate.Source;
import dev.steadymail.server.discovery.Server.Protection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The form of Thunderbird's autoconfig, version 1.1. A document that declares a type is refused, so that none brings entities. */
final class AutoconfigXml {
    private static final int LONGEST_USER = 254;

    private AutoconfigXml() {}

    /**
     * Returns the first IMAP server that is protected by TLS, with the first such server that takes mail.
     *
     * @throws IOException where the document is not well-formed
     */
    static Optional<Candidate> parse(byte[] document, MailAddress address) throws IOException {
        Element root = root(document);
        Element imap = first(root, "incomingServer", "imap");
        if (imap == null) {
            return Optional.empty();
        }
        String user = user(text(imap, "username"), address);
        Element smtp = first(root, "outgoingServer", "smtp");
        return Optional.of(new Candidate(
                Source.AUTOCONFIG,
                Confidence.HIGH,
                user,
                server(imap).orElseThrow(),
                smtp == null ? null : server(smtp).orElse(null),
                logins(imap),
                null));
    }

    private static Element root(byte[] document) throws IOException {
        try {
            DocumentBuilder parser = factory().newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler()); // which throws, and writes nothing to the console
            return parser.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException | ParserConfigurationException malformed) {
            throw new IOException("the document cannot be read", malformed);
        }
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    private static @Nullable Element first(Element root, String tag, String type) {
        NodeList servers = root.getElementsByTagName(tag);
        for (int i = 0; i < servers.getLength(); i++) {
            Element server = (Element) servers.item(i);
            if (server.getAttribute("type").equalsIgnoreCase(type)
                    && server(server).isPresent()) {
                return server;
            }
        }
        return null;
    }

    private static Optional<Server> server(Element element) {
        Protection protection =
                switch (text(element, "socketType").toUpperCase(Locale.ROOT)) {
                    case "SSL" -> Protection.TLS;
                    case "STARTTLS" -> Protection.STARTTLS;
                    default -> null;
                };
        String host = text(element, "hostname").toLowerCase(Locale.ROOT);
        String port = text(element, "port");
        return protection == null || !HostText.isName(host) || !port.matches("[0-9]{1,5}")
                ? Optional.empty()
                : Optional.of(new Server(host, Integer.parseInt(port), protection));
    }

    private static List<String> logins(Element server) {
        List<String> logins = new ArrayList<>();
        for (String way : texts(server, "authentication")) {
            String login = way.equalsIgnoreCase("OAuth2") ? "oauth" : "password";
            if (!logins.contains(login)) {
                logins.add(login);
            }
        }
        return logins.isEmpty() ? Candidate.PASSWORD : logins;
    }

    private static String user(String pattern, MailAddress address) {
        String user = pattern.replace("%EMAILADDRESS%", address.text())
                .replace("%EMAILLOCALPART%", address.local())
                .replace("%EMAILDOMAIN%", address.domain());
        boolean isUsable =
                !user.isBlank() && user.length() <= LONGEST_USER && user.chars().noneMatch(Character::isISOControl);
        return isUsable ? user : address.text();
    }

    private static String text(Element parent, String tag) {
        return texts(parent, tag).stream().findFirst().orElse("");
    }

    private static List<String> texts(Element parent, String tag) {
        List<String> texts = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(tag)) {
                texts.add(element.getTextContent().strip());
            }
        }
        return texts;
    }
}
