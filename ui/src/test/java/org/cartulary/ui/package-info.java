/**
 * Tests of the page that need no browser: its ground rules, and the unit tests of its modules run by Node. Not for
 * journeys through the page: those run in Chromium against the whole appliance, in module appliance.
 */
@NullMarked
package org.cartulary.ui;

import org.jspecify.annotations.NullMarked;
