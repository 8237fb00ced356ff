/**
 * How long evidence is kept: rules by class and collection, which two people set; holds, which beat them and deletion, and which
 * two people release; and the disposal of what is due. Not here: deleting documents, which retrieval does and a hold stops.
 */
@NullMarked
package org.cartulary.compliance.retention;

import org.jspecify.annotations.NullMarked;
