package org.cartulary.verifier.leaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckResult;
import org.cartulary.verifier.report.Checklist;

class QuestionsTest {
    @Example
    void acceptsQuestionsThatRunSideBySide() {
        CheckResult result = follow("asked 1, asked 2, retrieved 2, retrieved 1, answered 1, abstained 2, asked 3");
        assertThat(result.findings()).isEmpty();
        assertThat(result.held()).isEqualTo(3);
        assertThat(result.remark()).isEqualTo("1 still open at the end of the log");
    }

    @Example
    void acceptsAQuestionThatWasInterruptedBeforeAnythingElse() {
        assertThat(follow("asked 1, interrupted 1").remark()).isNull();
    }

    @Example
    void acceptsSeveralEntriesAboutOneOtherAct() {
        assertThat(follow("rights-changed 1, rights-changed 1, started 0, stopped 0")
                        .findings())
                .isEmpty();
    }

    @Example
    void findsWhatDoesNotFollow() {
        assertThat(finding("retrieved 1")).contains("expected asked as the first entry", "retrieved of number 1");
        assertThat(finding("answered 1, asked 1")).contains("expected asked as the first entry");
        assertThat(finding("asked 1, asked 1")).contains("expected a number not used before");
        assertThat(finding("asked 1, answered 1, asked 1")).contains("number 1 asked again");
        assertThat(finding("asked 1, answered 1, cancelled 1")).contains("expected nothing after the terminal entry");
        assertThat(finding("asked 1, answered 1, retrieved 1")).contains("expected nothing after the terminal entry");
        assertThat(finding("asked 1, document-added 1")).contains("expected a number that no question has");
        assertThat(finding("document-added 1, asked 1")).contains("expected a number not used before");
        assertThat(finding("started 1, answered 1")).contains("expected asked as the first entry");
    }

    @Property(seed = "20261122", tries = 300)
    void remembersTheStatesOfAnyNumbers(@ForAll List<@LongRange(min = 0, max = (1L << 53) - 1) Long> numbers) {
        NumberStates states = new NumberStates();
        Map<Long, Byte> expected = new HashMap<>();
        for (long number : numbers) {
            byte state = (byte) (1 + number % 3);
            states.put(number, state);
            expected.put(number, state);
        }
        expected.forEach((number, state) -> assertThat(states.get(number)).isEqualTo(state));
        assertThat(states.get(1L << 52)).isEqualTo(expected.getOrDefault(1L << 52, (byte) 0));
    }

    @Example
    void remembersManyNumbersInSequence() {
        NumberStates states = new NumberStates();
        for (long number = 0; number < 100_000; number++) {
            states.put(number, (byte) 1);
            states.put(number, (byte) 2);
        }
        for (long number = 0; number < 100_000; number++) {
            assertThat(states.get(number)).isEqualTo((byte) 2);
        }
        assertThat(states.get(100_000)).isZero();
    }

    @Example
    void countsTimesThatGoBack() {
        Checklist list = new Checklist();
        Times times = new Times(list.add("times", "entries"));
        for (long nanos : new long[] {5, 7, 6, 7, 1}) {
            times.add(new Leaf(EntryType.STARTED, nanos, 1, Map.of(), null, null));
        }
        times.end();
        CheckResult result = list.report("", "").checks().getFirst();
        assertThat(result.findings()).isEmpty();
        assertThat(result.remark()).contains("warning: 2 of 5 entries");
    }

    private static String finding(String story) {
        return follow(story).findings().toString();
    }

    private static CheckResult follow(String story) {
        Checklist list = new Checklist();
        Check check = list.add("questions", "questions");
        Questions questions = new Questions(check);
        long index = 0;
        for (String entry : story.split(", ", -1)) {
            String[] parts = entry.split(" ", -1);
            EntryType type = Objects.requireNonNull(EntryType.named(parts[0]));
            questions.add(new Leaf(type, 0, Long.parseLong(parts[1]), Map.of(), null, null), index++);
        }
        questions.end();
        return list.report("", "").checks().getFirst();
    }
}
