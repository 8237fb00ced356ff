/**
 * Evidence on its way out of the house. Not here: how bundles are made, which compliance knows.
 */
@NullMarked
package org.cartulary.appliance.audit;

import org.jspecify.annotations.NullMarked;
