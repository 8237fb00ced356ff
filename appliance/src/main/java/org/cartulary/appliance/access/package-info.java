/**
 * What stands between a request and a route: authentication, cross-site protection, security headers, errors as problems.
 */
@NullMarked
package org.cartulary.appliance.access;

import org.jspecify.annotations.NullMarked;
