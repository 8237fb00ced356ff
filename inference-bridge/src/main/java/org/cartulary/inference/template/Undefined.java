package org.cartulary.inference.template;

/**
 * What a name stands for that nothing was put under. It prints as nothing and counts as false, but nothing can be done
 * with it.
 *
 * @param name for messages
 */
record Undefined(String name) {
    static TemplateRefused used(Object value) {
        return TemplateRefused.fault(
                value instanceof Undefined undefined
                        ? "'" + undefined.name + "' is undefined"
                        : Values.typeName(value) + " cannot be used like this");
    }
}
