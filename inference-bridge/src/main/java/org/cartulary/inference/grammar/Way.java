package org.cartulary.inference.grammar;

/**
 * One way to go on: an element of an alternative that comes next, and what follows when the alternative is over.
 *
 * @param count how often the element was there already, as far as its bounds need it
 */
record Way(int at, int count, Ways after) {}
