package dev.steadymail.imap.sasl;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Secret;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Challenges made up and mutilated at random: a mechanism answers or refuses and throws nothing else, and nobody gets an OK believed.
 * {@code -Dsteadymail.seed=N} plays a failed round again.
 */
class HostileChallengesTest extends SaslTestCase {
    private static final long FIRST = Long.getLong("steadymail.seed", System.nanoTime() & 0xFFFF_FFFFL);
    private static final int RUNS = Integer.getInteger("steadymail.runs", 5_000);
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final List<String> SAMPLES = List.of(
            "",
            "r=" + NONCE + "server,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
            "e=other-error",
            "{\"status\":\"401\",\"schemes\":\"Bearer\"}");

    @Test
    void challenges_areAnsweredOrRefused() {
        for (int run = 0; run < RUNS; run++) {
            long seed = FIRST + run;
            try {
                play(new Random(seed));
            } catch (RuntimeException | SaslRefusedException failure) {
                throw new AssertionError("with -Dsteadymail.seed=" + seed + " -Dsteadymail.runs=1", failure);
            }
        }
    }

    private static void play(Random random) throws SaslRefusedException {
        SaslMechanism mechanism = mechanism(random.nextInt(4));
        mechanism.initialResponse();
        for (int step = 1 + random.nextInt(3); step > 0; step--) {
            try {
                assertTrue(mechanism.respond(challenge(random)).length < 4096);
            } catch (SaslRefusedException refused) {
                break;
            }
        }
        assertThrows(SaslRefusedException.class, mechanism::finish, mechanism::name);
    }

    private static SaslMechanism mechanism(int which) throws SaslRefusedException {
        return switch (which) {
            case 0 -> new Plain("user", Secret.of("pencil"));
            case 1 -> new Xoauth2("user", Secret.of("token"));
            case 2 -> new OauthBearer("user", "localhost", 143, Secret.of("token"));
            default -> new ScramSha256("user", Secret.of("pencil"), NONCE);
        };
    }

    private static byte[] challenge(Random random) {
        byte[] octets = octets(SAMPLES.get(random.nextInt(SAMPLES.size())));
        for (int change = random.nextInt(4); change > 0 && octets.length > 0; change--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        if (random.nextInt(20) == 0) {
            octets = new byte[random.nextInt(10_000)];
            random.nextBytes(octets);
        }
        return octets;
    }
}
