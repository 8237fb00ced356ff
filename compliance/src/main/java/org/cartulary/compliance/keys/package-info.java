/**
 * The keys of an installation, in files apart from the database: data keys that seal originals and payloads and that can
 * be destroyed one by one, the pseudonym key, and the log's signing key. Not here: what is sealed or signed with them.
 */
@NullMarked
package org.cartulary.compliance.keys;

import org.jspecify.annotations.NullMarked;
