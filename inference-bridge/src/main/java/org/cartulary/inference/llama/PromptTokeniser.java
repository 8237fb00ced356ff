package org.cartulary.inference.llama;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.inference.llama.Vocabulary.ControlToken;

/**
 * Tokens of a prompt made of template text and callers' text. Control tokens are recognised in template text only;
 * otherwise the result equals what llama.cpp makes of the whole text, because plain text between two control tokens is
 * tokenised in one piece.
 */
final class PromptTokeniser {
    /** A stretch of a prompt. */
    record Part(String text, boolean fromTemplate) {}

    private final Vocabulary vocabulary;

    /** By first character, longest first: some vocabularies have thousands. */
    private final Map<Character, List<ControlToken>> controls;

    PromptTokeniser(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.controls = vocabulary.controlTokens().stream()
                .collect(Collectors.groupingBy(token -> token.text().charAt(0)));
    }

    int[] tokens(List<Part> parts) {
        Assembly assembly = new Assembly();
        for (Part part : parts) {
            if (part.fromTemplate()) {
                assembly.template(part.text());
            } else {
                assembly.fragment.append(part.text());
            }
        }
        return assembly.finish();
    }

    private final class Assembly {
        private final StringBuilder fragment = new StringBuilder();
        private final IntStream.Builder tokens = IntStream.builder();
        private boolean eatSpace;
        private boolean empty = true;

        void template(String text) {
            int at = 0;
            while (at < text.length()) {
                Optional<ControlToken> control = controlAt(text, at);
                if (control.isPresent()) {
                    add(control.get());
                    at += control.get().text().length();
                } else {
                    fragment.append(text.charAt(at++));
                }
            }
        }

        int[] finish() {
            flush(false);
            return tokens.build().toArray();
        }

        private void add(ControlToken control) {
            flush(control.eatsSpaceBefore());
            boolean isBeginning =
                    vocabulary.beginning().filter(id -> id == control.id()).isPresent();
            if (!(isBeginning && empty)) {
                begin();
            }
            empty = false;
            tokens.add(control.id());
            eatSpace = control.eatsSpaceAfter();
        }

        private void flush(boolean eatTrailingSpace) {
            String text = fragment.toString();
            fragment.setLength(0);
            text = eatSpace ? text.stripLeading() : text;
            text = eatTrailingSpace ? text.stripTrailing() : text;
            if (!text.isEmpty()) {
                begin();
                IntStream.of(vocabulary.tokenise(text)).forEach(tokens::add);
            }
            eatSpace = false;
        }

        private void begin() {
            if (empty) {
                vocabulary.beginning().ifPresent(tokens::add);
                empty = false;
            }
        }
    }

    private Optional<ControlToken> controlAt(String text, int at) {
        return controls.getOrDefault(text.charAt(at), List.of()).stream()
                .filter(token -> text.startsWith(token.text(), at))
                .findFirst();
    }
}
