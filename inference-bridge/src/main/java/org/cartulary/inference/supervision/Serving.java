package org.cartulary.inference.supervision;

import org.cartulary.inference.protocol.Message;

/** A worker that serves, and what it said of itself. */
record Serving(WorkerLink link, Message.Ready ready) {}
