/**
 * What a model gets to read: numbered sources within a token budget, whole sentences only, and a record of what was left
 * out. Not here: the prompt around them.
 */
@NullMarked
package org.cartulary.retrieval.context;

import org.jspecify.annotations.NullMarked;
