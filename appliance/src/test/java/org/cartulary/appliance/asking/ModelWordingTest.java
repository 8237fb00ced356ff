package org.cartulary.appliance.asking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cartulary.appliance.settings.Settings.Unsupported;
import org.cartulary.retrieval.citation.SentenceSupport;
import org.junit.jupiter.api.Test;

class ModelWordingTest {
    private static final String SAID = "Logs are kept for 90 days. The mayor likes them.";
    private static final SentenceSupport CARRIED =
            new SentenceSupport("Logs are kept for 90 days.", List.of(), true, 2, 1, 0.9, List.of());
    private static final SentenceSupport INVENTED =
            new SentenceSupport("The mayor likes them.", List.of(), false, 1, 0.1, 0.3, List.of());

    @Test
    void marksWhatTheDocumentsDoNotCarry() {
        Wording.Draft draft = checked(List.of(CARRIED, INVENTED), Unsupported.MARK);
        assertThat(draft.text())
                .isEqualTo("Logs are kept for 90 days. [2] The mayor likes them. [not in the documents]");
        assertThat(draft.sentences()).extracting(Answer.Sentence::supported).containsExactly(true, false);
        assertThat(draft.withheld()).isEmpty();
    }

    @Test
    void withholdsItWhereThatIsThePolicyAndSaysSo() {
        Wording.Draft draft = checked(List.of(CARRIED, INVENTED), Unsupported.WITHHOLD);
        assertThat(draft.text()).startsWith("Logs are kept for 90 days. [2]").doesNotContain("mayor");
        assertThat(draft.text()).contains("left out, because it is not in the documents: 1");
        assertThat(draft.withheld()).containsExactly("The mayor likes them.");
    }

    @Test
    void listsOnlySourcesThatASentenceUses() {
        assertThat(checked(List.of(CARRIED, INVENTED), Unsupported.MARK).quotes())
                .containsOnlyKeys(2);
        assertThat(checked(List.of(INVENTED), Unsupported.WITHHOLD).sentences()).isEmpty();
    }

    @Test
    void letsNoProvisionalTextLeaveWhereSomeMayBeWithheld() {
        Wording.Draft withheld = checked(List.of(CARRIED, INVENTED), Unsupported.WITHHOLD);
        assertThat(leaving(Unsupported.WITHHOLD, withheld)).containsExactly(withheld.text());
        assertThat(leaving(Unsupported.WITHHOLD, checked(List.of(INVENTED), Unsupported.WITHHOLD)))
                .isEmpty();
        assertThat(leaving(Unsupported.MARK, checked(List.of(CARRIED, INVENTED), Unsupported.MARK)))
                .containsExactly("Logs are kept ", "for 90 days.");
    }

    /** What leaves while a model says two pieces and then a draft is made of them. */
    private static List<String> leaving(Unsupported unsupported, Wording.Draft draft) {
        List<String> left = new ArrayList<>();
        ModelWording.worded(unsupported, left::add, pieces -> {
            pieces.accept("Logs are kept ");
            pieces.accept("for 90 days.");
            return draft;
        });
        return left;
    }

    @Test
    void tellsHowManySentencesWereLeftOut() {
        Wording.Draft draft = checked(List.of(CARRIED, INVENTED), Unsupported.WITHHOLD);
        assertThat(Drafted.of(draft, List.of()).withheld()).containsExactly("The mayor likes them.");
    }

    private static Wording.Draft checked(List<SentenceSupport> verdicts, Unsupported unsupported) {
        return ModelWording.checked(SAID, verdicts, unsupported, Map.of());
    }
}
