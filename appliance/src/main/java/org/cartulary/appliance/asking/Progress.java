package org.cartulary.appliance.asking;

import java.util.Map;

/** What a question has spent so far, and who watches it. Used by one thread. */
final class Progress {
    private final Presence presence;
    private final AnswerListener listener;
    private final long started = System.nanoTime();
    private long searchMillis;
    private long firstTokenMillis;

    Progress(Presence presence, AnswerListener listener) {
        this.presence = presence;
        this.listener = listener;
    }

    AnswerListener listener() {
        return listener;
    }

    Presence presence() {
        return presence;
    }

    void searched() {
        searchMillis = elapsedMillis();
    }

    void delta(String text) {
        presence.require();
        if (firstTokenMillis == 0) {
            firstTokenMillis = Math.max(1, elapsedMillis());
        }
        listener.delta(text);
    }

    Answer.Timing timing() {
        return new Answer.Timing(searchMillis, firstTokenMillis, elapsedMillis());
    }

    Map<String, Object> recorded() {
        return Map.of(
                "searchMillis", searchMillis, "firstTokenMillis", firstTokenMillis, "totalMillis", elapsedMillis());
    }

    private long elapsedMillis() {
        return (System.nanoTime() - started) / 1_000_000;
    }
}
