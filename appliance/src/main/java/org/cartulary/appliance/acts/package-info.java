/**
 * The acts of two people that concern more than one module. Not here: how two people come to act, which compliance says.
 */
@NullMarked
package org.cartulary.appliance.acts;

import org.jspecify.annotations.NullMarked;
