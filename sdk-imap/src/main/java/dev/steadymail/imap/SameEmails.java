package dev.steadymail.imap;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Finds out which emails that were told are which of those that are known under ids that hold no more.
 *
 * <ol>
 *   <li>Where the server told of both what they are (EMAILID, RFC 8474; X-GM-MSGID), by that alone.
 *   <li>Else by size and time of arrival together with the Message-ID: copies of one message stand for each other.
 *   <li>Where one of the two has no Message-ID told, by size and time of arrival, if exactly one of each side has them.
 * </ol>
 *
 * What stays in doubt is not the same, which is slower and never wrong.
 */
final class SameEmails {
    private final EmailTable known;
    private final EmailTable told;
    private final int[] toldOfKnown;
    private final boolean[] taken;

    private SameEmails(EmailTable known, EmailTable told) {
        this.known = known;
        this.told = told;
        this.toldOfKnown = new int[known.rows()];
        this.taken = new boolean[told.rows()];
        Arrays.fill(toldOfKnown, RowIndex.NONE);
    }

    /** Returns for each row of {@code known} the row of {@code told} that is the same email, or {@link RowIndex#NONE}. */
    static int[] match(EmailTable known, EmailTable told) {
        SameEmails same = new SameEmails(known, told);
        same.byObject();
        same.byMessageId();
        same.bySizeAndTime();
        return same.toldOfKnown;
    }

    private void byObject() {
        RowIndex index = new RowIndex(told.rows(), row -> told.object(row) != 0, told::object);
        for (int row = 0; row < known.rows(); row++) {
            if (known.object(row) != 0) {
                pair(row, index.take(known.object(row), found -> true));
            }
        }
    }

    private void byMessageId() {
        RowIndex index = new RowIndex(
                told.rows(),
                row -> !taken[row] && told.message(row) != 0,
                row -> traits(told, row) + told.message(row));
        for (int row = 0; row < known.rows(); row++) {
            int asked = row;
            if (isOpen(row) && known.message(row) != 0) {
                long hash = traits(known, row) + known.message(row);
                pair(
                        row,
                        index.take(
                                hash,
                                found -> sameTraits(asked, found)
                                        && told.message(found) == known.message(asked)
                                        && !differ(asked, found, known::object, told::object)));
            }
        }
    }

    private void bySizeAndTime() {
        RowIndex ofTold = new RowIndex(told.rows(), row -> !taken[row], row -> traits(told, row));
        RowIndex ofKnown = new RowIndex(known.rows(), this::isOpen, row -> traits(known, row));
        boolean[] unique = new boolean[known.rows()];
        for (int row = 0; row < known.rows(); row++) {
            int asked = row;
            unique[row] = isOpen(row)
                    && ofKnown.only(traits(known, row), other -> sameTraits(known, asked, known, other)) == row;
        }
        for (int row = 0; row < known.rows(); row++) {
            int asked = row;
            int found =
                    unique[row] ? ofTold.only(traits(known, row), other -> sameTraits(asked, other)) : RowIndex.NONE;
            if (found != RowIndex.NONE && mayBeSame(row, found)) {
                pair(row, found);
            }
        }
    }

    private boolean isOpen(int knownRow) {
        return toldOfKnown[knownRow] == RowIndex.NONE;
    }

    private boolean sameTraits(int knownRow, int toldRow) {
        return sameTraits(known, knownRow, told, toldRow);
    }

    private static boolean sameTraits(EmailTable one, int oneRow, EmailTable other, int otherRow) {
        return one.size(oneRow) == other.size(otherRow) && one.seconds(oneRow) == other.seconds(otherRow);
    }

    private static long traits(EmailTable table, int row) {
        return table.size(row) * 0x9E3779B97F4A7C15L + table.seconds(row);
    }

    /** What both say of themselves must not differ. */
    private boolean mayBeSame(int knownRow, int toldRow) {
        return !differ(knownRow, toldRow, known::object, told::object)
                && !differ(knownRow, toldRow, known::message, told::message);
    }

    private static boolean differ(int knownRow, int toldRow, IntToLongFunction ofKnown, IntToLongFunction ofTold) {
        long one = ofKnown.applyAsLong(knownRow);
        long other = ofTold.applyAsLong(toldRow);
        return one != 0 && other != 0 && one != other;
    }

    private void pair(int knownRow, int toldRow) {
        if (toldRow != RowIndex.NONE) {
            toldOfKnown[knownRow] = toldRow;
            taken[toldRow] = true;
        }
    }
}
