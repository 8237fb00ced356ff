/**
 * Credentials and sessions: who holds a token, and what it is for. Not here: what the holder may do, which compliance decides.
 */
@NullMarked
package org.cartulary.appliance.accounts;

import org.jspecify.annotations.NullMarked;
