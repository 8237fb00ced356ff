/**
 * Liveness, readiness, and the state that an administrator sees.
 */
@NullMarked
package org.cartulary.appliance.health;

import org.jspecify.annotations.NullMarked;
