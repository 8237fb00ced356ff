/**
 * Acts that no single person can do: one asks, another approves, and it is done once. Not here: what the acts do, which
 * their owners say.
 */
@NullMarked
package org.cartulary.compliance.acts;

import org.jspecify.annotations.NullMarked;
