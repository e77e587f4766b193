/**
 * A submission server for tests of whatever sends mail by SMTP: strict in what it takes, exact in what it keeps, and broken on demand.
 * Start reading at {@link dev.steadymail.testkit.smtp.SmtpTestServer}, which has sockets, or at
 * {@link dev.steadymail.testkit.smtp.SmtpSession}, which has none and lives in a simulation's virtual time; what can go wrong is
 * {@link dev.steadymail.testkit.smtp.SmtpTrouble}. Inside, each command is a class of its own, {@code Conversation} is the state of a
 * connection, and {@code Intake} is what takes its octets at present. Nothing here needs JUnit or any other library.
 *
 * <pre>{@code
 * try (SmtpTestServer server = SmtpTestServer.builder().user("ada@example.com", "secret").start()) {
 *     server.inject(SmtpFault.at(SmtpStage.MAIL, SmtpTrouble.answer(451, "4.7.1", "come back later")), SmtpTimes.times(2));
 *     server.inject(SmtpFault.acceptThenCut(), SmtpTimes.withProbability(0.05));
 *     // let the code under test send by 127.0.0.1 and server.port()
 *     assertEquals(Map.of("<1@example.com>", 1), server.mailroom().countsByMessageId());
 *     assertEquals(0, server.mailroom().violationCount());
 * }
 * }</pre>
 */
@NullMarked
package dev.steadymail.testkit.smtp;

import org.jspecify.annotations.NullMarked;
