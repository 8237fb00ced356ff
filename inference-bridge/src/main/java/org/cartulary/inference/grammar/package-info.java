/**
 * JSON schemas turned into GBNF grammars, which bind a model's answer to a shape while it is made.
 *
 * <p>Everything that a grammar lets through satisfies its schema; the other way round, some valid documents are not let
 * through, because a grammar fixes an order: {@link org.cartulary.inference.grammar.JsonSchemaGrammar} says which. What
 * cannot be honoured is refused by name and place, never ignored. The coverage follows llama.cpp's own converter
 * ({@code common/json-schema-to-grammar.cpp}), which is C++ only and ignores what it does not know.
 *
 * <p>Not for: the grammar at work (package {@code llama}), or the validation of documents.
 */
@NullMarked
package org.cartulary.inference.grammar;

import org.jspecify.annotations.NullMarked;
