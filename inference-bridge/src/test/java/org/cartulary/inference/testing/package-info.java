/** Shared by the tests of this module: a tiny model that they write themselves, and where the native parts lie. */
@NullMarked
package org.cartulary.inference.testing;

import org.jspecify.annotations.NullMarked;
