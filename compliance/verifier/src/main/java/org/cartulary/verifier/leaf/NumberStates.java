package org.cartulary.verifier.leaf;

import org.cartulary.verifier.report.CheckFailed;

/** A map from numbers (not negative) to small states (not 0), by open addressing in plain arrays. One thread. */
final class NumberStates {
    /** Most numbers that are held; with it the arrays take 1.2 GB. */
    static final int MAX_NUMBERS = 1 << 26;

    private long[] keys = new long[1 << 10]; // number + 1; 0 is a free place
    private byte[] states = new byte[keys.length];
    private int size;

    /** The state of a number, 0 if it has none. */
    byte get(long number) {
        return states[place(number)];
    }

    void put(long number, byte state) {
        int place = place(number);
        if (keys[place] == 0) {
            if (size == MAX_NUMBERS) {
                throw new CheckFailed("numbers", "at most " + MAX_NUMBERS + " different ones", "more");
            }
            size++;
        }
        keys[place] = number + 1;
        states[place] = state;
        if (size > keys.length / 2) {
            grow();
        }
    }

    private int place(long number) {
        int mask = keys.length - 1;
        int place = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (keys[place] != 0 && keys[place] != number + 1) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        byte[] oldStates = states;
        keys = new long[oldKeys.length * 2];
        states = new byte[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(oldKeys[i] - 1);
                keys[place] = oldKeys[i];
                states[place] = oldStates[i];
            }
        }
    }
}
