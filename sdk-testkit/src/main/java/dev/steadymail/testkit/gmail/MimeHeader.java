package dev.steadymail.testkit.gmail;

/** One header field: its name as written, its value unfolded but not decoded. */
record MimeHeader(String name, String value) {}
