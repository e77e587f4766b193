package dev.steadymail.cache.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words that are written as a number, 1 for the first. Values in a cache refer to them: append, and never change or remove one. */
final class KnownWords {
    static final KnownWords TYPES = new KnownWords(List.of(
            "text/plain",
            "text/html",
            "multipart/alternative",
            "multipart/mixed",
            "multipart/related",
            "multipart/signed",
            "multipart/report",
            "multipart/encrypted",
            "multipart/digest",
            "message/rfc822",
            "message/delivery-status",
            "message/disposition-notification",
            "message/feedback-report",
            "text/rfc822-headers",
            "text/calendar",
            "text/csv",
            "text/x-amp-html",
            "text/xml",
            "text/enriched",
            "text/markdown",
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/svg+xml",
            "image/bmp",
            "image/tiff",
            "image/heic",
            "application/pdf",
            "application/octet-stream",
            "application/zip",
            "application/gzip",
            "application/json",
            "application/xml",
            "application/ics",
            "application/rtf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/ms-tnef",
            "application/pgp-signature",
            "application/pgp-encrypted",
            "application/pgp-keys",
            "application/pkcs7-mime",
            "application/pkcs7-signature",
            "application/x-pkcs7-mime",
            "application/x-pkcs7-signature",
            "audio/mpeg",
            "audio/wav",
            "video/mp4",
            "video/quicktime"));

    static final KnownWords CHARSETS = new KnownWords(List.of(
            "utf-8",
            "UTF-8",
            "us-ascii",
            "US-ASCII",
            "iso-8859-1",
            "ISO-8859-1",
            "iso-8859-2",
            "ISO-8859-2",
            "iso-8859-15",
            "ISO-8859-15",
            "windows-1252",
            "Windows-1252",
            "windows-1251",
            "windows-1250",
            "koi8-r",
            "KOI8-R",
            "iso-2022-jp",
            "ISO-2022-JP",
            "shift_jis",
            "Shift_JIS",
            "euc-jp",
            "euc-kr",
            "gb2312",
            "GB2312",
            "gbk",
            "GBK",
            "gb18030",
            "big5",
            "Big5",
            "utf-7",
            "utf-16"));

    static final KnownWords KEYWORDS = new KnownWords(List.of(
            "$seen",
            "$flagged",
            "$answered",
            "$draft",
            "$forwarded",
            "$deleted",
            "$recent",
            "$junk",
            "$notjunk",
            "$phishing",
            "$mdnsent",
            "$important",
            "$label1",
            "$label2",
            "$label3",
            "$label4",
            "$label5",
            "junk",
            "nonjunk"));

    private final List<String> words;
    private final Map<String, Integer> numbers = new HashMap<>();

    private KnownWords(List<String> words) {
        this.words = words;
        for (String word : words) {
            numbers.put(word, numbers.size() + 1);
        }
    }

    List<String> all() {
        return words;
    }

    /** Writes a word as one octet, or as zero and its text. */
    void write(String word, OctetWriter into) {
        Integer number = numbers.get(word);
        if (number != null) {
            into.octet(number);
        } else {
            into.octet(0);
            into.text(word);
        }
    }

    String read(OctetReader from) {
        int number = from.octet();
        if (number == 0) {
            return from.text();
        }
        if (number > words.size()) {
            throw new DamagedValueException("there is no word " + number);
        }
        return words.get(number - 1);
    }
}
