package org.cartulary.appliance.asking;

/** Whoever asked went away or pressed Stop before the answer was final. */
public final class QuestionCancelled extends RuntimeException {
    public QuestionCancelled() {
        super("The question was cancelled before its answer was final.");
    }
}
