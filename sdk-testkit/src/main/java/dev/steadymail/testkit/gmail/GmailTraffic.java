package dev.steadymail.testkit.gmail;

/**
 * What a {@link FakeGmail} received and sent since it started, all users together. Immutable.
 *
 * @param requests HTTP requests, a batch as one
 * @param batches how many of them were batches
 * @param parts parts in all batches
 * @param bytesReceived bytes of request bodies as they came, packed if packed
 * @param bytesSent bytes of reply bodies as they went out
 */
public record GmailTraffic(long requests, long batches, long parts, long bytesReceived, long bytesSent) {}
