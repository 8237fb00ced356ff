/** What tests of the whole appliance share: running appliances and clients of them. Not for production code. */
@NullMarked
package org.cartulary.appliance.testing;

import org.jspecify.annotations.NullMarked;
