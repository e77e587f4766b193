package dev.steadymail.server.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.discovery.Server.Protection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoconfigXmlTest {
    private static final MailAddress ADA = MailAddress.parse("ada@example.com");

    @Test
    void document_ofAProvider_isRead() throws IOException {
        Candidate found = parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <clientConfig version="1.1">
                  <emailProvider id="example.com">
                    <domain>example.com</domain>
                    <displayName>Example <!-- a comment --> Mail</displayName>
                    <incomingServer type="pop3">
                      <hostname>pop.example.com</hostname><port>995</port><socketType>SSL</socketType>
                    </incomingServer>
                    <incomingServer type="imap">
                      <hostname>plain.example.com</hostname><port>143</port><socketType>plain</socketType>
                    </incomingServer>
                    <incomingServer type="imap">
                      <hostname> IMAP.example.com </hostname>
                      <port>993</port>
                      <socketType>SSL</socketType>
                      <username>%EMAILLOCALPART%+%EMAILDOMAIN%</username>
                      <authentication>OAuth2</authentication>
                      <authentication>password-cleartext</authentication>
                    </incomingServer>
                    <outgoingServer type="smtp">
                      <hostname>smtp.example.com</hostname><port>587</port><socketType>STARTTLS</socketType>
                    </outgoingServer>
                  </emailProvider>
                </clientConfig>
                """).orElseThrow();
        assertEquals(new Server("imap.example.com", 993, Protection.TLS), found.imap());
        assertEquals(new Server("smtp.example.com", 587, Protection.STARTTLS), found.smtp());
        assertEquals("ada+example.com", found.user());
        assertEquals(List.of("oauth", "password"), found.logins());
    }

    @Test
    void smallDocument_hasTheAddressAsUser_andMaySendNothing() throws IOException {
        Candidate found = parse(imap("imap.example.com", "993", "SSL")).orElseThrow();
        assertEquals("ada@example.com", found.user());
        assertEquals(List.of("password"), found.logins());
        assertNull(found.smtp());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "[::1]",
                "0x7f.1",
                "a b.example.com",
                "",
                "imap.example.com/x",
                "localhost."
            })
    void hostThatIsNoName_isLeftOut(String host) throws IOException {
        assertTrue(parse(imap(host, "993", "SSL")).isEmpty());
    }

    @Test
    void portThatIsNone_andNoTls_areLeftOut() throws IOException {
        assertTrue(parse(imap("imap.example.com", "x", "SSL")).isEmpty());
        assertTrue(parse(imap("imap.example.com", "", "SSL")).isEmpty());
        assertTrue(parse(imap("imap.example.com", "993", "plain")).isEmpty());
        assertTrue(parse(imap("imap.example.com", "993", "")).isEmpty());
        assertTrue(parse("<html><body>Welcome</body></html>").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Not found",
                "<clientConfig>",
                "<!DOCTYPE html><html></html>",
                "<!DOCTYPE c [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><clientConfig>&x;</clientConfig>",
                "<!DOCTYPE c [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]><clientConfig>&x;</clientConfig>",
                "<!DOCTYPE c SYSTEM \"http://127.0.0.1:1/x.dtd\"><clientConfig/>",
                "<!DOCTYPE c [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><clientConfig>&b;</clientConfig>",
                "<clientConfig>&undeclared;</clientConfig>"
            })
    void documentThatIsMalformed_orDeclaresAType_isRefused(String text) {
        assertThrows(IOException.class, () -> parse(text));
    }

    @Test
    void deepDocument_isReadOrRefused_withoutEnd() throws IOException {
        int depth = 9_000;
        try {
            assertTrue(parse("<a>".repeat(depth) + "</a>".repeat(depth)).isEmpty());
        } catch (IOException refused) {
            assertTrue(refused.getMessage() != null);
        }
    }

    @Test
    void inclusions_areNotFollowed() throws IOException {
        String text = imap("imap.example.com", "993", "SSL")
                .replace(
                        "<emailProvider>",
                        "<emailProvider><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\""
                                + " href=\"file:///etc/passwd\" parse=\"text\"/>");
        assertEquals("ada@example.com", parse(text).orElseThrow().user());
    }

    private static Optional<Candidate> parse(String text) throws IOException {
        return AutoconfigXml.parse(text.strip().getBytes(StandardCharsets.UTF_8), ADA);
    }

    private static String imap(String host, String port, String socket) {
        return "<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>" + host + "</hostname><port>"
                + port + "</port><socketType>" + socket
                + "</socketType></incomingServer></emailProvider></clientConfig>";
    }
}
