package dev.steadymail.testkit.smtp;

/** The octets of one chunk behind BDAT (RFC 3030 section 2), taken as they are. */
final class ChunkIntake implements Intake {
    private final Content content;
    private final Runnable done;
    private final Runnable cut;
    private long missing;

    /**
     * @param size of the chunk, at least 1
     */
    ChunkIntake(long size, Content content, Runnable done, Runnable cut) {
        this.missing = size;
        this.content = content;
        this.done = done;
        this.cut = cut;
    }

    @Override
    public int take(byte[] octets, int from, int to) {
        int end = (int) Math.min(to, from + missing);
        for (int i = from; i < end && !content.isCutDue(); i++) {
            content.arrived();
            content.add(octets[i]);
            missing--;
        }
        if (content.isCutDue()) {
            cut.run();
        } else if (missing == 0) {
            done.run();
        }
        return end;
    }
}
