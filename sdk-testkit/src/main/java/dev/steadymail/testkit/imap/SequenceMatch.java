package dev.steadymail.testkit.imap;

import java.util.List;

/**
 * Samples of which UID a client has at which sequence number (RFC 7162 section 3.2.5.2). Up to the last sample that still fits, nothing
 * can have been expunged that the client does not know of.
 */
record SequenceMatch(NumberSet sequenceNumbers, NumberSet uids) {

    static final SequenceMatch NONE = new SequenceMatch(new NumberSet(List.of()), new NumberSet(List.of()));

    SequenceMatch {
        if (sequenceNumbers.size() != uids.size()) {
            throw new CommandSyntaxException("each sequence number of the match data needs its UID");
        }
    }

    static SequenceMatch read(CommandReader args) {
        args.expect('(');
        NumberSet sequenceNumbers = args.closedNumberSet();
        args.space();
        NumberSet uids = args.closedNumberSet();
        args.expect(')');
        return new SequenceMatch(sequenceNumbers, uids);
    }

    /** Returns the UID of the last sample that fits, 0 if none does. */
    long lastFittingUid(List<Long> presentUids) {
        List<Long> samples = sequenceNumbers.first(presentUids.size());
        List<Long> expected = uids.first(presentUids.size());
        long fitting = 0;
        for (int index = 0; index < samples.size(); index++) {
            long sequence = samples.get(index);
            long uid = expected.get(index);
            if (sequence > presentUids.size() || presentUids.get((int) sequence - 1) != uid) {
                return fitting;
            }
            fitting = uid;
        }
        return fitting;
    }
}
