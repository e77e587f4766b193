package dev.steadymail.mime;

import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.io.MaxHeaderLengthLimitException;
import org.apache.james.mime4j.stream.DefaultFieldBuilder;
import org.apache.james.mime4j.stream.FieldBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.RecycledByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Puts header fields together from their lines; what is beyond the limits is dropped and told, where mime4j would throw. */
final class BoundedFields implements FieldBuilder {
    private final DefaultFieldBuilder field = new DefaultFieldBuilder(-1);
    private final MimeLimits limits;
    private final Set<MimeLimit> reached;
    private int length;
    private int all;

    BoundedFields(MimeLimits limits, Set<MimeLimit> reached) {
        this.limits = limits;
        this.reached = reached;
    }

    @Override
    public void reset() {
        field.reset();
        length = 0;
    }

    @Override
    public void append(ByteArrayBuffer line) throws MaxHeaderLengthLimitException {
        int inField = limits.maxHeaderBytes() - length;
        int inAll = limits.maxHeadersBytes() - all;
        int room = Math.min(inField, inAll);
        int taken = Math.min(room, line.length());
        if (taken < line.length()) {
            reached.add(inAll <= inField ? MimeLimit.HEADERS : MimeLimit.HEADER);
        }
        length += taken;
        all += taken;
        if (taken == line.length()) {
            field.append(line);
        } else if (taken > 0) {
            ByteArrayBuffer start = new ByteArrayBuffer(taken);
            start.append(line.buffer(), 0, taken);
            field.append(start);
        }
    }

    @Override
    public @Nullable RawField build() throws MimeException {
        return length == 0 ? null : field.build();
    }

    @Override
    public RecycledByteArrayBuffer getRaw() {
        return field.getRaw();
    }

    @Override
    public void release() {
        field.release();
    }
}
