/**
 * C2SP texts: verifier keys and signed notes ({@code signed-note}, Ed25519 only), checkpoints ({@code tlog-checkpoint})
 * and proofs of inclusion ({@code tlog-proof}). Parsing is strict: of each value only the canonical spelling is taken.
 * Not here: where the texts lie, and witnesses' cosignatures, which are ignored as signatures of unknown keys.
 */
@NullMarked
package org.cartulary.verifier.note;

import org.jspecify.annotations.NullMarked;
