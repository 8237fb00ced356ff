package org.cartulary.inference.llama;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait, in turns by caller: one who asks thirty things at once delays nobody else by more than one of
 * them. A quarter of the places is never one caller's alone. Guarded by its owner's lock.
 */
final class FairQueue {
    private final int places;
    private final int placesOfOne;
    /** Callers in the order of their turns; none without a job. */
    private final Map<String, Deque<Job>> callers = new LinkedHashMap<>();

    private int size;

    /** @param places for all callers together */
    FairQueue(int places) {
        this.places = places;
        this.placesOfOne = Math.max(1, places - places / 4);
    }

    /** Adds a job; false when there is no place for it. */
    boolean offer(Job job) {
        Deque<Job> own = callers.get(job.caller());
        if (size >= places || (own != null && own.size() >= placesOfOne)) {
            return false;
        }
        callers.computeIfAbsent(job.caller(), name -> new ArrayDeque<>()).addLast(job);
        size++;
        return true;
    }

    /** The job whose turn it is, or null. */
    @Nullable
    Job peek() {
        return callers.isEmpty() ? null : callers.values().iterator().next().getFirst();
    }

    /** Takes the job whose turn it is; its caller's next turn comes after all others'. */
    void remove() {
        Iterator<Map.Entry<String, Deque<Job>>> turns = callers.entrySet().iterator();
        Map.Entry<String, Deque<Job>> turn = turns.next();
        String caller = turn.getKey();
        Deque<Job> own = turn.getValue();
        turns.remove();
        own.removeFirst();
        size--;
        if (!own.isEmpty()) {
            callers.put(caller, own);
        }
    }

    /** Takes out what matches, wherever it stands. */
    void removeIf(Predicate<Job> over) {
        for (Deque<Job> own : callers.values()) {
            int before = own.size();
            own.removeIf(over);
            size -= before - own.size();
        }
        callers.values().removeIf(Deque::isEmpty);
    }

    void forEach(Consumer<Job> action) {
        callers.values().forEach(own -> own.forEach(action));
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }
}
