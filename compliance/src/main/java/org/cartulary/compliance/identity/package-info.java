/**
 * Who acts: principals as evidence and rights know them. Not here: accounts, passwords and sessions, which the
 * appliance owns.
 */
@NullMarked
package org.cartulary.compliance.identity;

import org.jspecify.annotations.NullMarked;
