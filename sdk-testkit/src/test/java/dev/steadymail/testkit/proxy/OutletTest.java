package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class OutletTest extends ProxyTestCase {

    private static final int BUFFER = 1_024;

    private final Tally tally = new Tally();

    private Outlet outlet() throws IOException {
        Selector selector = closing(Selector.open());
        SocketChannel channel = closing(
                SocketChannel.open(new InetSocketAddress(proxy().address().getAddress(), targetPort())));
        Wiring wiring = new Wiring(selector, new Timers(), tally, ByteBuffer.allocate(0), BUFFER);
        return new Outlet(wiring, Direction.TO_SERVER, new Leg(channel, selector), () -> {});
    }

    @Test
    void oneByteWrites_writeOneOctetATurn() throws IOException {
        Outlet outlet = outlet();
        outlet.oneByteWrites();
        outlet.add(new byte[] {1, 2, 3});
        for (int written = 1; written <= 3; written++) {
            outlet.flush();
            assertEquals(written, tally.counts(0).bytesToServer());
        }
        assertNull(outlet.flush());
        assertTrue(outlet.isEmpty());
    }

    @Test
    void room_shrinksWithOctetsAndParcels_andComesBack() throws IOException {
        Outlet outlet = outlet();
        assertEquals(BUFFER, outlet.room());
        outlet.add(new byte[100]);
        assertEquals(BUFFER - 100 - Parcel.OVERHEAD, outlet.room());
        outlet.add(new byte[2 * BUFFER]);
        assertEquals(0, outlet.room());
        outlet.flush();
        assertEquals(BUFFER, outlet.room());
        outlet.add(new byte[7]);
        outlet.clear();
        assertEquals(BUFFER, outlet.room());
        assertEquals(0, tally.counts(0).bufferedBytes());
    }
}
