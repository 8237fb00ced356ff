/**
 * Independent witnesses of the log: who they are ({@code WitnessPolicy}), what they signed ({@code Cosignatures}), and asking
 * them, over the network or by files that people carry ({@code Witnesses}).
 *
 * <p>Not for: being a witness; that is the verifier's, on another machine, and shares no code with this.
 */
@NullMarked
package org.cartulary.compliance.witness;

import org.jspecify.annotations.NullMarked;
