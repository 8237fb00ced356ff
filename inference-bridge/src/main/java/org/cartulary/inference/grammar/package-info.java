/**
 * GBNF grammars, which bind a model's answer to a shape while it is made, and JSON schemas turned into such grammars.
 *
 * <p>{@link org.cartulary.inference.grammar.Gbnf} reads a grammar, and {@link
 * org.cartulary.inference.grammar.GrammarWalk} tells which tokens may come next. Both are Java, because llama.cpp's own
 * cannot be bounded: some short grammars take it exponential time or memory, or overflow its stack, for all users at
 * once. Here all work is counted, and a grammar that needs too much ends its own answer only.
 *
 * <p>Everything that a schema's grammar lets through satisfies it; the other way round, some valid documents are not let
 * through, because a grammar fixes an order: {@link org.cartulary.inference.grammar.JsonSchemaGrammar} says which. What
 * cannot be honoured is refused by name and place, never ignored. The coverage follows llama.cpp's own converter
 * ({@code common/json-schema-to-grammar.cpp}), which is C++ only and ignores what it does not know.
 *
 * <p>Not for: the choice among the tokens that may come next (package {@code llama}), or the validation of documents.
 */
@NullMarked
package org.cartulary.inference.grammar;

import org.jspecify.annotations.NullMarked;
