package dev.steadymail.cache.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Head, checksum of all the rest and of the name, and the content as it is. */
final class Checked implements ValueSealer.Wrapping {
    private static final int SUM_OCTETS = 4;

    @Override
    public int keyNumber() {
        return 0;
    }

    @Override
    public byte[] close(byte[] head, byte[] content, byte[] name) {
        return ByteBuffer.allocate(head.length + SUM_OCTETS + content.length)
                .put(head)
                .putInt(sum(head, content, 0, name))
                .put(content)
                .array();
    }

    @Override
    public byte[] open(byte[] head, byte[] sealed, byte[] name) {
        if (head[1] != 0) {
            throw new DamagedValueException("the value is encrypted, and there are no keys");
        }
        int start = head.length + SUM_OCTETS;
        if (sealed.length < start) {
            throw new DamagedValueException("the sealed value ends too early");
        }
        int sum = ByteBuffer.wrap(sealed).getInt(head.length);
        if (sum != sum(head, sealed, start, name)) {
            throw new DamagedValueException("the value was changed, or is kept under another name");
        }
        return Arrays.copyOfRange(sealed, start, sealed.length);
    }

    private static int sum(byte[] head, byte[] octets, int start, byte[] name) {
        CRC32C sum = new CRC32C();
        sum.update(head);
        sum.update(name);
        sum.update(octets, start, octets.length - start);
        return (int) sum.getValue();
    }
}
