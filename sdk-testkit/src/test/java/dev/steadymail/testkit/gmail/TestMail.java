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
        return bytes("""
                From: bob@example.org
                To: ada@example.com
                Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
                Message-ID: <att-1@example.org>
                Content-Type: multipart/mixed; boundary="b1"

                preamble
                --b1
                Content-Type: multipart/alternative; boundary=b2

                --b2
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                Gr=FC=DFe=
                !
                --b2
                Content-Type: text/html

                <p>Hi</p>
                --b2--
                --b1
                Content-Type: application/pdf; name="report.pdf"
                Content-Disposition: attachment; filename*0*=utf-8''r%C3%A9; filename*1*=sum%C3%A9.pdf
                Content-Transfer-Encoding: base64

                SGVsbG8sIHdv
                cmxkIQ==
                --b1--
                """);
    }

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
