package org.cartulary.appliance.models;

/** Hears how far a change is. */
@FunctionalInterface
public interface ModelProgress {
    /**
     * A step begins or goes on. What is thrown here ends the work, which leaves nothing behind.
     *
     * @param step in a few words
     * @param doneBytes of it; 0 where it is not measured in bytes
     * @param totalBytes of it; 0 where it is not measured in bytes
     */
    void step(String step, long doneBytes, long totalBytes);
}
