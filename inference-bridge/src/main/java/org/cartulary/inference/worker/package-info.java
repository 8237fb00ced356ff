/**
 * The worker process: one role, one native engine, one connection to the appliance. The only package that joins an
 * engine to the protocol. Not here: starting and watching workers.
 */
@NullMarked
package org.cartulary.inference.worker;

import org.jspecify.annotations.NullMarked;
