/**
 * Time that others vouch for: RFC 3161 tokens of an authority inside the house over checkpoints of the log. What is asked and
 * what an answer must be ({@code StampQuery}, {@code StampVerifier}), asking over the network or by files that people carry
 * ({@code Timestamps}), and what came of it ({@code StampTable}).
 *
 * <p>Not for: being an authority; witnesses, whose signatures also say a time.
 */
@NullMarked
package org.cartulary.compliance.timestamp;

import org.jspecify.annotations.NullMarked;
