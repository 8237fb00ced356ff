package org.cartulary.inference.template;

/** A chat template cannot be used, or has no place for a conversation. The message says what to do. */
public final class TemplateRefused extends RuntimeException {
    /** What kind of trouble it is. */
    public enum Reason {
        /** The text is no Jinja, or uses a part of it that no chat template needs. */
        SYNTAX,
        /** An operation failed, for example an attribute of an undefined value. */
        FAULT,
        /** It is too long, nests too deep, works too long or writes too much. */
        LIMIT,
        /** The template itself refuses this conversation, in its own words. */
        RAISED
    }

    private final Reason reason;

    TemplateRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static TemplateRefused syntax(int line, String what) {
        return new TemplateRefused(Reason.SYNTAX, "line " + line + ": " + what);
    }

    static TemplateRefused fault(String what) {
        return new TemplateRefused(Reason.FAULT, what);
    }

    static TemplateRefused limit(String what) {
        return new TemplateRefused(Reason.LIMIT, what);
    }
}
