package dev.steadymail.testkit.gmail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Messages for the tests. */
final class TestMail {
    private TestMail() {}

    static byte[] plain(String subject, String... moreHeaders) {
        return bytes("From: Bob Stone <bob@example.org>\nTo: ada@example.com\nSubject: " + subject + "\n"
                + String.join("", Arrays.stream(moreHeaders).map(h -> h + "\n").toList())
                + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nHello from the body of " + subject
                + "\n");
    }

    static byte[] withAttachment() {
        return bytes("From: bob@example.org\nTo: ada@example.com\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n"
                + "Message-ID: <att-1@example.org>\nContent-Type: multipart/mixed; boundary=\"b1\"\n\npreamble\n"
                + "--b1\nContent-Type: multipart/alternative; boundary=b2\n\n"
                + "--b2\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
                + "Gr=FC=DFe=\n!\n--b2\nContent-Type: text/html\n\n<p>Hi</p>\n--b2--\n"
                + "--b1\nContent-Type: application/pdf; name=\"report.pdf\"\n"
                + "Content-Disposition: attachment; filename*0*=utf-8''r%C3%A9; filename*1*=sum%C3%A9.pdf\n"
                + "Content-Transfer-Encoding: base64\n\nSGVsbG8sIHdv\ncmxkIQ==\n--b1--\n");
    }

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
