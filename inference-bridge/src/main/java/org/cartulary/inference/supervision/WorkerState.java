package org.cartulary.inference.supervision;

/** Where a worker is in its life. */
public enum WorkerState {
    /** Its process starts or loads its model. */
    LOADING,
    /** It serves. */
    READY,
    /** It ended, and is started again after a pause. */
    RESTARTING,
    /** It could not load, the last failure says why; it is tried again, at long intervals, and calls fail meanwhile. */
    UNUSABLE,
    /** It was told to stop. */
    STOPPED
}
