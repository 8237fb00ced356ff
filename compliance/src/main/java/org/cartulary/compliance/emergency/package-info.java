/**
 * Access without a grant in an emergency ("breaking the glass"): opened with a reason, over after a time, reviewed by a
 * compliance officer before a deadline. Not here: what it opens, which {@code rights} says.
 */
@NullMarked
package org.cartulary.compliance.emergency;

import org.jspecify.annotations.NullMarked;
