/**
 * Chat templates: the small Jinja programs that models bring along, and the prompts that they make of conversations.
 *
 * <p>The interpreter is ours. The library that we tried first, jinjava 2.8.4, rendered 84 of the 157 public templates
 * of our test set as the reference does; most of the others came out different without an error, it has no bound on
 * time, and it cannot tell which characters of a prompt came from a caller. This one knows the part of Jinja that chat
 * templates use, with Python's meaning: a value is text, a number, a list, a dict, none or undefined, never a Java
 * object, so that no expression reaches anything else. Work, memory and depth have limits ({@code Budget}), and text
 * carries its origin ({@code Text}), so that control tokens are recognised in the template's words only.
 *
 * <p>Not for: tokens (package {@code llama}), what stands in a conversation (the callers). Nothing here is a general
 * template engine: {@code include}, {@code import}, {@code extends} and {@code block} are refused.
 */
@NullMarked
package org.cartulary.inference.template;

import org.jspecify.annotations.NullMarked;
