/**
 * The interface under /v1 that OpenAI's clients speak: completions, embeddings, models. It reads what they send, refuses by
 * name what cannot be done, puts each call on record, and answers in their shapes. Not here: how a model works, and how an
 * answer from documents is made.
 */
@NullMarked
package org.cartulary.appliance.openai;

import org.jspecify.annotations.NullMarked;
