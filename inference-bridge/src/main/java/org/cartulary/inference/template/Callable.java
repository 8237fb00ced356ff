package org.cartulary.inference.template;

/** What can be called: a function, a macro, or a method of a value. */
@FunctionalInterface
interface Callable {
    Object call(Arguments arguments);
}
