/**
 * Benchmarks that compare a part of the appliance with the bare engine under it, in the same run on the same machine. Not
 * here: retrieval quality, which {@code eval} measures.
 */
@NullMarked
package org.cartulary.appliance.bench;

import org.jspecify.annotations.NullMarked;
