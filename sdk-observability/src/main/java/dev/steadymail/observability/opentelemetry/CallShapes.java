package dev.steadymail.observability.opentelemetry;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.EnumWords;
import dev.steadymail.observability.OperationNames;
import io.opentelemetry.api.common.Attributes;
import java.util.HashMap;
import java.util.Map;

/** What the spans of calls have in common that are alike; made once for each kind. Thread-safe. */
final class CallShapes {
    private static final int LANES = Lane.values().length;
    private static final int KINDS = Protocol.values().length * LANES;

    private final Map<String, Shape[]> known = new HashMap<>();
    private final Shape[] other = new Shape[KINDS];

    CallShapes(OperationNames names) {
        names.known().forEach(name -> known.put(name, new Shape[KINDS]));
    }

    /** Two threads may make the same one at once; either will do. */
    Shape of(Protocol protocol, String operation, Lane lane) {
        Shape[] kinds = known.get(operation);
        Shape[] shapes = kinds == null ? other : kinds;
        int kind = protocol.ordinal() * LANES + lane.ordinal();
        Shape shape = shapes[kind];
        if (shape == null) {
            shape = Shape.of(protocol, kinds == null ? OperationNames.OTHER : operation, lane);
            shapes[kind] = shape;
        }
        return shape;
    }

    /**
     * One kind of call.
     *
     * @param operation the name of its spans
     * @param attributes what they say from the beginning
     */
    record Shape(String operation, Attributes attributes) {
        static Shape of(Protocol protocol, String operation, Lane lane) {
            return new Shape(
                    operation,
                    Attributes.of(
                            SpanKeys.PROTOCOL, EnumWords.of(protocol),
                            SpanKeys.OPERATION, operation,
                            SpanKeys.LANE, EnumWords.of(lane)));
        }
    }
}
