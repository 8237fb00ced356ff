/**
 * The policy of the house as numbered versions: every change of who there is and what they may do makes one, is on record,
 * and can be told for any day. Not here: what the statements mean, which {@code people} and {@code rights} say.
 */
@NullMarked
package org.cartulary.compliance.policy;

import org.jspecify.annotations.NullMarked;
