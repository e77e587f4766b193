package dev.steadymail.benchmarks.cache;

import java.util.Arrays;
import java.util.SplittableRandom;

/** An order in which the few are asked for often: by Zipf's law, the second is asked for half as often as the first, the third a third as often. */
final class Skewed {
    private Skewed() {}

    /** Returns so many steps through things numbered from 0; which of them are the frequent ones has nothing to do with their numbers. */
    static int[] steps(int things, int count) {
        SplittableRandom random = new SplittableRandom(1);
        double[] upTo = new double[things];
        double sum = 0;
        for (int rank = 0; rank < things; rank++) {
            sum += 1.0 / (rank + 1);
            upTo[rank] = sum;
        }
        int[] numbers = shuffled(things, random);
        int[] steps = new int[count];
        for (int n = 0; n < count; n++) {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * sum);
            steps[n] = numbers[Math.min(things - 1, at < 0 ? -at - 1 : at)];
        }
        return steps;
    }

    private static int[] shuffled(int things, SplittableRandom random) {
        int[] numbers = new int[things];
        for (int n = 0; n < things; n++) {
            int other = random.nextInt(n + 1);
            numbers[n] = numbers[other];
            numbers[other] = n;
        }
        return numbers;
    }
}
