package dev.steadymail.benchmarks.imap;

import java.time.Duration;

/**
 * What one run read.
 *
 * @param messages messages that came
 * @param contentBytes octets of message content; 0 where only metadata was read
 * @param wireBytes octets that the contestant counts on its connection; below TLS where it cannot count above
 * @param commands commands sent, or -1 where the contestant does not tell
 * @param waited how long requests waited for their turn inside the contestant, all together
 */
record Reading(long messages, long contentBytes, long wireBytes, long commands, Duration waited) {}
