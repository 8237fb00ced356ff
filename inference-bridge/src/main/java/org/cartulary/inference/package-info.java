/**
 * What the rest of the appliance sees of models: generate, embed, count tokens. Not here: which passages a prompt
 * holds, what an answer may say, or any native code in the calling process; models run in worker processes only.
 */
@NullMarked
package org.cartulary.inference;

import org.jspecify.annotations.NullMarked;
