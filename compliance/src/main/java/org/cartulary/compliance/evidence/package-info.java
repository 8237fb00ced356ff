/**
 * The evidence log: callers append entries in their own transactions, one integrator orders and publishes them, and
 * receipts prove them. Not here: the formats of the published proof (package {@code tlog}) and bundles for outsiders.
 */
@NullMarked
package org.cartulary.compliance.evidence;

import org.jspecify.annotations.NullMarked;
