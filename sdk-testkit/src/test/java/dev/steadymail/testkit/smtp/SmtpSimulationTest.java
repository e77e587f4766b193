package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session in virtual time: a client that sends again whenever it does not know. */
class SmtpSimulationTest {
    private static final int MESSAGES = 20;
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void sameSeed_doesTheSame_andEachUnknownEndCountsTwice() {
        Simulation.explore(20, simulation -> {
            World world = play(simulation);
            assertEquals(MESSAGES, world.room.countsByMessageId().size());
            long unknown = world.plan.acted().getOrDefault(SmtpFault.acceptThenCut(), 0L);
            assertEquals(MESSAGES + unknown, world.room.messages().size());
            assertEquals(Map.of(), world.room.violations());
            Simulation again = Simulation.withSeed(simulation.seed());
            play(again);
            assertEquals(simulation.trace(), again.trace());
        });
    }

    private static World play(Simulation simulation) {
        World world = new World(simulation);
        simulation.after(Duration.ZERO, world::connect);
        assertTrue(simulation.runUntil(() -> world.sent == MESSAGES, HOUR), simulation::toString);
        return world;
    }

    /** A server and a client that sends one message for each connection. */
    private static final class World {
        private final Simulation simulation;
        private final SmtpMailroom room = new SmtpMailroom();
        private final SmtpFaultPlan plan;
        private final SmtpSettings settings = SmtpSettings.builder().build();
        private SmtpSession session;
        private int sent;
        private int step;

        World(Simulation simulation) {
            this.simulation = simulation;
            this.plan = new SmtpFaultPlan(simulation.choices("smtp.faults"))
                    .addAll("content:cut-within@60:0.2; mail:delay@90000:0.1; end_of_data:cut:0.2")
                    .add(SmtpFault.acceptThenCut(), SmtpTimes.withProbability(0.2));
        }

        void connect() {
            session = new SmtpSession(settings, room, plan);
            session.open(false);
            step = 0;
            perform();
        }

        private void perform() {
            SmtpAction action = session.next();
            if (action instanceof SmtpAction.Send) {
                simulation.after(Duration.ofMillis(5), this::speak);
            } else if (action instanceof SmtpAction.Pause pause) {
                simulation.after(pause.length(), this::perform);
            } else if (action instanceof SmtpAction.Cut) {
                simulation.after(Duration.ofSeconds(1), this::connect);
            } else {
                throw new AssertionError("not expected here: " + action);
            }
        }

        private void speak() {
            String[] lines = {
                "EHLO c\r\n",
                "MAIL FROM:<>\r\n",
                "RCPT TO:<a@b.c>\r\n",
                "DATA\r\n",
                "Message-ID: <" + sent + "@x>\r\n\r\nhello from the simulation\r\n.\r\n"
            };
            if (step == lines.length) {
                sent++;
                if (sent < MESSAGES) {
                    connect();
                }
                return;
            }
            simulation.note(step);
            session.receive(lines[step++].getBytes(StandardCharsets.US_ASCII));
            perform();
        }
    }
}
