/** What an administrator does with index generations. Not here: how they are made, which retrieval knows. */
@NullMarked
package org.cartulary.appliance.indexing;

import org.jspecify.annotations.NullMarked;
