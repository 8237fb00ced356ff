package org.cartulary.inference.supervision;

/** Where a worker is in its life. */
public enum WorkerState {
    /** Its process starts or loads its model. */
    LOADING,
    /** It serves. */
    READY,
    /** It ended, and is started again after a pause. */
    RESTARTING,
    /** It cannot serve, and starting it again would not help; the last failure says why. */
    UNUSABLE,
    /** It was told to stop. */
    STOPPED
}
