/**
 * Who there is: persons, services, groups and the console, and which roles they hold. Not here: accounts, passwords and
 * sessions, which the appliance owns, and what they may read, which {@code rights} says.
 */
@NullMarked
package org.cartulary.compliance.people;

import org.jspecify.annotations.NullMarked;
