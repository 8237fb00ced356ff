/**
 * Where Micronaut learns how the modules' objects are made. Nothing else in the modules knows Micronaut.
 */
@NullMarked
package org.cartulary.appliance.wiring;

import org.jspecify.annotations.NullMarked;
