/**
 * The interface under /v1 that OpenAI's clients speak.
 */
@NullMarked
package org.cartulary.appliance.openai;

import org.jspecify.annotations.NullMarked;
