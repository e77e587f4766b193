package dev.steadymail.imap;

import java.util.List;

/** Items of FETCH responses in forms that are allowed but rare, or forgiven. */
final class OddFetches {
    private static final String NO_TEXTS = " NIL NIL)";

    static final List<String> LIKE_ANGUS = List.of(
            from("((\"Ann\" NIL \"ann\" \"example.org\"))"),
            from("((NIL NIL \"friends\" NIL)(\"A\" NIL \"a\" \"x.org\")(NIL NIL \"b\" \"x.org\")(NIL NIL NIL NIL))"),
            from("((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL))"),
            from("((NIL NIL \"a\" \"x.org\")(NIL NIL \"g\" NIL)(NIL NIL \"b\" \"x.org\"))"),
            from("((NIL NIL NIL NIL))"),
            from("((\"\" NIL \"\" \"x.org\")(\"No host\" NIL \"a\" \"\")(NIL NIL NIL \"x.org\")(NIL NIL \"\" \"\"))"),
            from("((\"=?utf-8?Q?J=C3=BCrgen?= =?utf-8?B?w7ZyZw==?=\" \"@route\" \"j\" \"x.org\"))"),
            from(
                    "((\"J\u00c3\u00bcrgen\" NIL \"j\u00c3\u00bc\" \"x.org\")(\"J\u00fcrgen\" NIL \"j\u00fc\" \"x.org\"))"),
            from("((\"=?no-such?Q?a?=\" NIL \"j\" \"x.org\")(\"a =?utf-8?Q?broken\" NIL \"j\" \"x.org\"))"),
            from("((\"with \\\"quotes\\\" and \\\\\" NIL \"j\" \"x.org\"))"),
            subject("\"=?iso-8859-1?Q?caf=E9?= au =?utf-8?B?bGFpdA==?=\""),
            subject("\"caf\u00c3\u00a9\""),
            subject("\"caf\u00e9\""),
            subject("\"caf\u00e9 =?utf-8?Q?=C3=A9?=\""),
            subject("\"caf\u00c3\u00a9 =?utf-8?Q?=C3=A9?= =?x?=\""),
            subject("{12}\r\nfolded\r\n in2"),
            subject("{18}\r\n=?utf-8?Q?a\r\n  b?="),
            subject("\"=?= ?= =? =?utf-8?X?a?= =?utf-8?Q??= =?gb2312?B?xOO6ww==?=\""),
            subject("\"\""),
            "ENVELOPE (\"1 Jul 25 10:00 EDT (summer)\" NIL NIL NIL NIL NIL NIL NIL \"<a@b> <c@d>\" \" <m@x> \")",
            "ENVELOPE (\"no date\" NIL NIL NIL NIL NIL NIL NIL NIL NIL)",
            "ENVELOPE (\"\" NIL NIL NIL NIL NIL NIL NIL \"\" \"\")",
            text("NIL", ""),
            text("(\"CHARSET\" \"UTF-8\" \"NAME\" \"=?utf-8?Q?=C3=A9.txt?=\")", ""),
            text("(\"name\" \"a.txt\")", "NIL (\"ATTACHMENT\" (\"FileName\" \"b.txt\"))"),
            text("(\"name*\" \"iso-8859-1'fr'caf%E9.txt\")", ""),
            text("(\"charset*\" \"us-ascii'en'utf-8\" \"name\" \"\")", ""),
            text("(\"name*\" \"'%zz%4\" \"charset\" NIL)", ""),
            text(
                    "NIL",
                    "NIL (\"attachment\" (\"filename*0*\" \"utf-8''na%C3\" \"filename*1*\" \"%AFve \" \"filename*2\" \"100%41.txt\"))"),
            text("NIL", "NIL (\"attachment\" (\"filename*1\" \"b.txt\" \"filename*0\" \"a\" \"filename*3\" \"d\"))"),
            text("NIL", "NIL (\"attachment\" (\"filename\" \"plain\" \"filename*0*\" \"utf-8''long\"))"),
            text("NIL", "NIL (\"attachment\" (\"filename\" \"plain\" \"filename*\" \"utf-8''%E2%82%AC\"))"),
            text("NIL", "NIL (\"attachment\" (\"filename\" \"\u00c3\u00a9.txt\"))"),
            text("NIL", "NIL (\"attachment\" (\"filename*\" \"utf-8''\u00c3\u00a9.txt\"))"),
            text("NIL", "NIL (\"x-unknown\" NIL)"),
            "BODYSTRUCTURE (NIL NIL NIL NIL NIL \"7bit\" 5)",
            "BODYSTRUCTURE (\"a\" \"b\" NIL NIL NIL NIL 5)",
            "BODYSTRUCTURE (\"IMAGE\" \"PNG\" NIL \"<id@x>\" NIL \"BASE64\" 99)",
            "BODYSTRUCTURE (\"IMAGE\" \"PNG\" NIL \" id@x> \" NIL \"BASE64\" 99)",
            "BODYSTRUCTURE ((\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1)"
                    + "((\"text\" \"html\" NIL NIL NIL \"7bit\" 1 1)(\"a\" \"b\" NIL NIL NIL \"7bit\" 1) \"RELATED\")"
                    + "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<m>\")"
                    + " ((\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1)(\"c\" \"d\" NIL NIL NIL \"7bit\" 2) \"mixed\") 3)"
                    + "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<m>\")"
                    + " (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1) 3) \"mixed\")",
            "BODYSTRUCTURE (\"message\" \"delivery-status\" NIL NIL NIL \"7bit\" 9)",
            "FLAGS ()",
            "FLAGS (\\Seen)",
            "FLAGS (\\seen \\FLAGGED \\Answered \\Draft \\Deleted \\Recent \\* \\Custom)",
            "FLAGS ($Forwarded NonJunk nonjunk $Label1 Work/Now)");

    private OddFetches() {}

    private static String from(String addresses) {
        return "ENVELOPE (NIL NIL " + addresses + " " + addresses + " NIL " + addresses + " NIL NIL" + NO_TEXTS;
    }

    private static String subject(String subject) {
        return "ENVELOPE (NIL " + subject + " NIL NIL NIL NIL NIL NIL" + NO_TEXTS;
    }

    private static String text(String parameters, String extension) {
        return "BODYSTRUCTURE (\"text\" \"plain\" " + parameters + " NIL NIL \"7bit\" 10 1 " + extension + ")";
    }
}
