package dev.steadymail.html;

import java.util.List;
import java.util.Random;

/** Hostile and clumsy HTML from a seed: pieces of every kind of trouble, in any order, then damaged. */
final class GeneratedHtml {
    private static final List<String> PIECES = List.of(
            "<a href='https://example.com/?a=1&b=2'>",
            "<a href=javascript:alert(1)>",
            "</a>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<p>",
            "</p>",
            "<div style='color:red;position:fixed'>",
            "</div>",
            "<table>",
            "</table>",
            "<tr>",
            "<td width=5>",
            "</td>",
            "<tbody>",
            "<caption>",
            "<colgroup>",
            "<col>",
            "<form>",
            "</form>",
            "<button>",
            "<select>",
            "<option>",
            "</select>",
            "<textarea>",
            "</textarea>",
            "<title>",
            "</title>",
            "<style>",
            "</style>",
            "<xmp>",
            "</xmp>",
            "<noscript>",
            "</noscript>",
            "<template>",
            "</template>",
            "<plaintext>",
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<mglyph>",
            "<annotation-xml encoding=text/html>",
            "<foreignObject>",
            "<desc>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "--!>",
            "<!-->",
            "<script>",
            "</script>",
            "<iframe>",
            "</iframe>",
            "<noembed>",
            "<noframes>",
            "<frameset>",
            "<img src=x onerror=alert(1)>",
            "<img src='https://t.example/p.gif' width=1 height=1>",
            "<img src='cid:a@b'>",
            "<image src=//x.example/y>",
            "<li>",
            "<ul>",
            "</ul>",
            "<dl>",
            "<dt>",
            "<dd>",
            "<h1>",
            "<h2>",
            "</h1>",
            "<font color=red size=7>",
            "</font>",
            "<nobr>",
            "<center>",
            "<pre>\n\n",
            "</pre>",
            "<br>",
            "</br>",
            "<hr>",
            "<ruby>",
            "<rt>",
            "<rp>",
            "<details open>",
            "<summary>",
            "<map name=m>",
            "<area href='http://example.org'>",
            "<object>",
            "</object>",
            "<embed>",
            "<marquee>",
            "<applet>",
            "<body style='background:url(http://b.example/x)'>",
            "<html>",
            "<head>",
            "<base href=//e.example>",
            "<meta http-equiv=refresh content=0>",
            "<link rel=stylesheet href=//c.example>",
            "<input name=x>",
            "<isindex>",
            "text",
            " ",
            "\n",
            "&lt;script&gt;",
            "&#x3c;",
            "&#0;",
            "&#13;",
            "&nbsp;",
            "&amp;lt;",
            "\u0000",
            "\u00a0",
            "\ufeff",
            "\ud800",
            "\u202e",
            "\u2028",
            "`",
            "\"",
            "'",
            "<",
            ">",
            "=",
            "/",
            "</",
            "<?xml",
            "<!doctype",
            " id=parent",
            " style=\"w\\69 dth:expression(1)\"",
            " onclick=x");

    private GeneratedHtml() {}

    static String from(long seed) {
        Random random = new Random(seed);
        StringBuilder html = new StringBuilder();
        int pieces = 1 + random.nextInt(40);
        for (int i = 0; i < pieces; i++) {
            html.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        for (int damage = random.nextInt(4); damage > 0 && !html.isEmpty(); damage--) {
            damage(html, random);
        }
        return html.toString();
    }

    /** A text of somebody else's, cut, doubled and mixed with pieces. */
    static String from(String text, long seed) {
        Random random = new Random(seed);
        StringBuilder html = new StringBuilder(text);
        for (int damage = 1 + random.nextInt(6); damage > 0 && !html.isEmpty(); damage--) {
            damage(html, random);
        }
        return html.toString();
    }

    private static void damage(StringBuilder html, Random random) {
        int at = random.nextInt(html.length());
        int end = Math.min(html.length(), at + 1 + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> html.delete(at, end);
            case 1 -> html.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> html.insert(at, html.substring(at, end));
            default -> html.setCharAt(at, (char) random.nextInt(0x250));
        }
    }
}
