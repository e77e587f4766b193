package dev.steadymail.benchmarks.gmail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Answers of {@code messages.get} as Gmail gives them: pretty-printed, with all the header fields of delivered mail. */
final class Answers {
    private static final String[] HEADERS = {
        "Delivered-To", "Received", "X-Google-Smtp-Source", "X-Received", "ARC-Seal", "ARC-Message-Signature",
        "ARC-Authentication-Results", "Return-Path", "Received", "Received-SPF", "Authentication-Results",
                "DKIM-Signature",
        "X-Google-DKIM-Signature", "X-Gm-Message-State", "MIME-Version", "List-Unsubscribe", "X-Mailer", "Feedback-ID"
    };
    private static final String WORDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=.;:@ ";

    private Answers() {}

    /** Returns an answer of some 6 KB, with nothing but header fields. */
    static byte[] metadata(int number) {
        Random random = new Random(number);
        return document(number, "\"mimeType\": \"multipart/alternative\",\n    " + headers(number, random, 190));
    }

    /** Returns an answer of some 40 KB: two texts with their content, and an attachment without. */
    static byte[] full(int number) {
        Random random = new Random(number);
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < 2; part++) {
            byte[] text = new byte[12_000];
            random.nextBytes(text);
            String data = Base64.getUrlEncoder().encodeToString(text);
            parts.add("{\"partId\": \"" + part + "\", \"mimeType\": \"text/plain\", \"filename\": \"\", \"headers\": ["
                    + header("Content-Type", "text/plain; charset=\\\"UTF-8\\\"")
                    + "], \"body\": {\"size\": 12000, \"data\": \"" + data + "\"}}");
        }
        parts.add("{\"partId\": \"2\", \"mimeType\": \"application/pdf\", \"filename\": \"report.pdf\", \"headers\": ["
                + header("Content-Disposition", "attachment; filename=\\\"report.pdf\\\"")
                + "], \"body\": {\"attachmentId\": \"" + text(random, 300) + "\", \"size\": 70000}}");
        return document(
                number,
                "\"partId\": \"\", \"mimeType\": \"multipart/mixed\", \"filename\": \"\", "
                        + headers(number, random, 190) + ", \"body\": {\"size\": 0}, \"parts\": ["
                        + String.join(",\n", parts) + "]");
    }

    private static byte[] document(int number, String payload) {
        String id = id(number);
        return ("{\n  \"id\": \"" + id + "\",\n  \"threadId\": \"" + id
                        + "\",\n  \"labelIds\": [\n    \"UNREAD\",\n    \"CATEGORY_UPDATES\",\n    \"INBOX\"\n  ],\n"
                        + "  \"snippet\": \"Hello there, this is what a list shows of a message &amp; no more\",\n"
                        + "  \"sizeEstimate\": 48213,\n  \"historyId\": \"1234567\",\n  \"internalDate\": \"1764406800000\",\n"
                        + "  \"payload\": {\n    " + payload + "\n  }\n}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String id(int number) {
        return String.format("19a4c%011x", number);
    }

    private static String headers(int number, Random random, int length) {
        List<String> fields = new ArrayList<>();
        for (String name : HEADERS) {
            fields.add(header(name, text(random, length)));
        }
        fields.add(header("From", "Ada Lovelace <ada@example.com>"));
        fields.add(header("To", "Charles Babbage <charles@example.com>"));
        fields.add(header("Subject", "Notes on the analytical engine, number " + number));
        fields.add(header("Date", "Sat, 29 Nov 2026 09:00:00 +0000"));
        fields.add(header("Message-ID", "<" + number + "@example.com>"));
        return "\"headers\": [\n      " + String.join(",\n      ", fields) + "\n    ]";
    }

    private static String header(String name, String value) {
        return "{\n        \"name\": \"" + name + "\",\n        \"value\": \"" + value + "\"\n      }";
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(WORDS.charAt(random.nextInt(WORDS.length())));
        }
        return text.toString();
    }
}
