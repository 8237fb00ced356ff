package org.cartulary.inference.worker;

import java.time.Duration;
import org.cartulary.inference.protocol.Message;

/** What a worker does in its role. Its methods must not block, but for {@link #drain}. */
interface RoleService {
    /** What it serves. */
    Message.Ready ready(long hashMillis, long loadMillis);

    /** Takes a message about a request. */
    void handle(long request, Message message);

    /** How it is doing. */
    Message.Beat beat();

    /** Takes no more requests, and waits until those that run are done or the time is over. */
    void drain(Duration patience);
}
