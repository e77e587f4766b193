package dev.steadymail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other programs are for is attached: whole, under a safe name, and never taken apart. */
class OpaquePartsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/ms-tnef; name=\"winmail.dat\"|winmail.dat",
                "application/vnd.ms-tnef; name=\"../../winmail.dat\"|winmail.dat",
                "application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"|smime.p7m",
                "application/x-pkcs7-mime; smime-type=signed-data; name=\"C:\\\\temp\\\\smime.p7m\"|smime.p7m",
                "application/pkcs7-signature; name=\".smime.p7s\"|smime.p7s",
                "application/pgp-keys; name=\"key\u202ecsa.exe\"|keycsa.exe",
                "application/pgp-encrypted|attachment",
                "application/ics; name=\"invite.ics\"|invite.ics",
            })
    void opaquePart_isAttachedWithItsOctets(String type, String name) throws IOException {
        byte[] octets = octets();
        for (String encoding : List.of("base64", "binary")) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.writeBytes(
                    ("Content-Type: multipart/mixed; boundary=b0und\r\n\r\n--b0und\r\n\r\nhello\r\n--b0und\r\n"
                                    + "Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            message.writeBytes(
                    encoding.equals("binary") ? octets : Base64.getMimeEncoder().encode(octets));
            message.writeBytes("\r\n--b0und--\r\n".getBytes(StandardCharsets.US_ASCII));
            ParsedEmail email = MimeReader.usual().read(new ByteArrayInputStream(message.toByteArray()));
            assertEquals("hello", email.text());
            assertEquals(1, email.attachments().size());
            ParsedPart part = email.attachments().get(0);
            assertEquals(type.split(";", 2)[0], part.type());
            assertEquals(name, part.safeFileName());
            assertEquals(List.of(), part.parts());
            assertArrayEquals(octets, part.open().readAllBytes());
        }
    }

    /** RFC 8551 section 3.3: the message is nothing but its envelope. */
    @Test
    void messageThatIsEncryptedAsAWhole_isItsAttachment() throws IOException {
        byte[] octets = octets();
        ParsedEmail email = MimeReader.usual()
                .read(new ByteArrayInputStream(("Content-Type: application/pkcs7-mime; name=smime.p7m\r\n"
                                + "Content-Transfer-Encoding: base64\r\n\r\n"
                                + Base64.getMimeEncoder().encodeToString(octets))
                        .getBytes(StandardCharsets.US_ASCII)));
        assertEquals(List.of(email.root()), email.attachments());
        assertEquals(List.of(), email.textBody());
        assertArrayEquals(octets, email.root().open().readAllBytes());
    }

    /** RFC 3156 section 4. */
    @Test
    void pgpEncrypted_isTwoAttachments() throws IOException {
        ParsedEmail email = read("""
                Content-Type: multipart/encrypted; boundary=b; protocol="application/pgp-encrypted"

                --b
                Content-Type: application/pgp-encrypted

                Version: 1

                --b
                Content-Type: application/octet-stream

                -----BEGIN PGP MESSAGE-----

                hQ
                -----END PGP MESSAGE-----
                --b--
                """);
        assertEquals(List.of(), email.textBody());
        assertEquals(
                List.of("application/pgp-encrypted", "application/octet-stream"),
                email.attachments().stream().map(ParsedPart::type).toList());
        assertEquals(
                "-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----",
                email.attachments().get(1).text());
    }

    @Test
    void signedText_isShownAndItsSignatureAttached() throws IOException {
        ParsedEmail email = read("""
                Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"

                --b
                Content-Type: text/plain

                hello
                --b
                Content-Type: application/pgp-signature
                Content-Disposition: inline

                sig
                --b--
                """);
        assertEquals("hello", email.text());
        assertEquals(
                List.of("application/pgp-signature"),
                email.attachments().stream().map(ParsedPart::type).toList());
        assertTrue(email.limits().isEmpty());
    }

    private static ParsedEmail read(String message) throws IOException {
        return MimeReader.usual().read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** All octets, line ends alone and what looks like another message among them. */
    private static byte[] octets() {
        byte[] random = new byte[5_000];
        new Random(1).nextBytes(random);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("\r\n\n\rContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\na\r\n--x--\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(random);
        return all.toByteArray();
    }
}
