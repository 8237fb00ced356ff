/**
 * Every setting of the appliance with its default and limits, in one place. Not here: what a setting does.
 */
@NullMarked
package org.cartulary.appliance.settings;

import org.jspecify.annotations.NullMarked;
