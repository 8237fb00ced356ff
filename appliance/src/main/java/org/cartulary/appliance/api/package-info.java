/**
 * The REST interface under /api, one controller for each resource.
 */
@NullMarked
package org.cartulary.appliance.api;

import org.jspecify.annotations.NullMarked;
