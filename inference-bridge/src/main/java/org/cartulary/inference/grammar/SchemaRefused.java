package org.cartulary.inference.grammar;

import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/** Refusals of schemas: all name the place, as a JSON pointer. */
final class SchemaRefused {
    private SchemaRefused() {}

    /** A keyword, or a use of it, that no grammar of ours can honour. */
    static InferenceRefused unsupported(String pointer, String keyword, String why) {
        return refused("The JSON schema's keyword \"" + keyword + "\" at " + place(pointer) + " cannot be honoured: "
                + why + ".");
    }

    static InferenceRefused malformed(String pointer, String why) {
        return refused("The JSON schema is malformed at " + place(pointer) + ": " + why + ".");
    }

    static InferenceRefused unsatisfiable(Unsatisfiable reason) {
        return refused("The JSON schema cannot be satisfied: at " + place(reason.pointer()) + ", " + reason.getMessage()
                + ".");
    }

    static InferenceRefused tooLarge(String why) {
        return refused("The JSON schema is too large: " + why + ".");
    }

    private static String place(String pointer) {
        return pointer.isEmpty() ? "its root" : pointer;
    }

    private static InferenceRefused refused(String message) {
        return new InferenceRefused(new Refusal.BadRequest(message));
    }

    /** No value satisfies this part; whoever can do without it catches this. */
    static final class Unsatisfiable extends RuntimeException {
        private final String pointer;

        Unsatisfiable(String pointer, String why) {
            super(why);
            this.pointer = pointer;
        }

        String pointer() {
            return pointer;
        }
    }
}
