package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class EndingFaultsTest extends ProxyTestCase {

    @Test
    void reset_actsAfterItsOctetsOnBothPeers() throws IOException {
        var reset = new ProxyFault.Reset(Place.toServer().after(3));
        proxy().add(reset);
        Socket client = client();
        Socket peer = peer();
        send(client, "abcdef");
        assertReset("abc", peer);
        assertReset("", client);
        assertEquals(1, proxy().counts().used(reset));
        assertEquals(3, proxy().counts().bytesToServer());
    }

    @Test
    void reset_ofTheSecondConnection_sparesTheOthers() throws IOException {
        var reset = new ProxyFault.Reset(Place.toClient().on(2).after(1));
        proxy().add(reset);
        for (int number = 1; number <= 3; number++) {
            Socket client = client();
            Socket peer = peer();
            send(peer, "ab");
            if (number == 2) {
                assertReset("a", client);
            } else {
                assertReceives("ab", client);
            }
        }
        assertEquals(1, proxy().counts().used(reset));
    }

    @Test
    void cut_deliversItsOctetsAndEndsBothWays() throws IOException {
        var cut = new ProxyFault.Cut(Place.toClient().after(2));
        proxy().add(cut);
        Socket client = client();
        Socket peer = peer();
        send(peer, "abcdef");
        assertReceivesEnd("ab", client);
        assertReceivesEnd("", peer);
        assertEquals(1, proxy().counts().used(cut));
        client.close();
        peer.close();
        await(() -> proxy().counts().open() == 0);
    }

    @Test
    void cut_closesWhatThePeersDoNot() throws IOException {
        proxy().add(new ProxyFault.Cut(Place.toServer()));
        Socket client = client();
        assertReceivesEnd("", client);
        assertReceivesEnd("", peer());
        await(() -> proxy().counts().open() == 0);
    }

    @Test
    void halfCloseToServer_leavesTheOtherDirection() throws IOException {
        var half = new ProxyFault.HalfClose(Place.toServer().after(2));
        proxy().add(half);
        Socket client = client();
        assertHalfClosed(half, client, peer());
    }

    @Test
    void halfCloseToClient_leavesTheOtherDirection() throws IOException {
        var half = new ProxyFault.HalfClose(Place.toClient().after(2));
        proxy().add(half);
        Socket client = client();
        assertHalfClosed(half, peer(), client);
    }

    private void assertHalfClosed(ProxyFault half, Socket sender, Socket receiver) throws IOException {
        send(sender, "abcdef");
        assertReceivesEnd("ab", receiver);
        send(sender, "more that is dropped");
        send(receiver, "still here");
        assertReceives("still here", sender);
        assertEquals(1, proxy().counts().used(half));
        receiver.close();
        assertReceivesEnd("", sender);
    }

    @Test
    void blackHole_swallowsOctetsAndTheEnd() throws IOException {
        var hole = new ProxyFault.BlackHole(Place.toServer().after(2));
        proxy().add(hole);
        Socket client = client();
        Socket peer = peer();
        send(client, "abcdef");
        assertReceives("ab", peer);
        send(peer, "the other way is open");
        assertReceives("the other way is open", client);
        client.close();
        assertQuiet(peer);
        assertEquals(1, proxy().counts().used(hole));
        assertEquals(2, proxy().counts().bytesToServer());
        assertEquals(1, proxy().counts().open());
        peer.close();
        await(() -> proxy().counts().open() == 0);
    }

    @Test
    void blackHole_hidesAReset() throws IOException {
        proxy().add(new ProxyFault.BlackHole(Place.toServer()));
        Socket client = client();
        Socket peer = peer();
        client.setSoLinger(true, 0);
        client.close();
        send(peer, "is anybody there?");
        assertQuiet(peer);
    }

    @Test
    void refuse_resetsWithoutAskingTheTarget() throws IOException {
        var refuse = new ProxyFault.Refuse(Connections.only(1));
        proxy().add(refuse);
        assertTurnedAway();
        Socket second = client();
        send(peer(), "welcome");
        assertReceives("welcome", second);
        assertEquals(1, proxy().counts().used(refuse));
        assertEquals(2, proxy().counts().connections());
    }

    @Test
    void faultAddedBehindItsPlace_actsAtOnce() throws IOException {
        Socket client = client();
        Socket peer = peer();
        send(client, "abc");
        assertReceives("abc", peer);
        var reset = new ProxyFault.Reset(Place.toServer().after(1));
        proxy().add(reset);
        assertEquals(1, proxy().counts().used(reset));
        assertReset("", client);
    }

    @Test
    void cutAllAndResetAll_endWhatLives() throws IOException {
        Socket first = client();
        Socket second = client();
        peer();
        peer();
        proxy().cutAll();
        assertReceivesEnd("", first);
        assertReceivesEnd("", second);
        Socket third = client();
        peer();
        proxy().resetAll();
        assertReset("", third);
        assertEquals(0, proxy().counts().open());
        Socket fourth = client();
        send(peer(), "as before");
        assertReceives("as before", fourth);
    }
}
