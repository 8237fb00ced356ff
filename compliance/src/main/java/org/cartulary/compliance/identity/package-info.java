/**
 * Principals, as evidence, policy and rights know them: stable ids and nothing else. Not here: who they are, which
 * {@code people} says.
 */
@NullMarked
package org.cartulary.compliance.identity;

import org.jspecify.annotations.NullMarked;
