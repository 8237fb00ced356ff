package org.cartulary.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerReportTest {
    private static final AnswerReport.Configuration NOTHING =
            new AnswerReport.Configuration("", "quote", "", "", "", "", 0.5, "mark", 0.93);

    @Test
    void countsWhatAnswersAreWorth(@TempDir Path directory) throws IOException {
        AnswerSet set = set(directory);
        AnswerKey bees = set.keys().get(0);
        AnswerKey cows = set.keys().get(1);
        AnswerKey dogs = set.keys().get(2);
        AnswerReport report = AnswerReport.of(
                set,
                List.of(
                        new AnswerTrial(bees, AnswerTrial.Setting.WITH_SOURCE, answer("Bees make honey.", "d1")),
                        new AnswerTrial(bees, AnswerTrial.Setting.WITHOUT_SOURCE, answer("Cows give milk.", "d2")),
                        new AnswerTrial(cows, AnswerTrial.Setting.WITH_SOURCE, answer("Cows give  beer.", "d2")),
                        new AnswerTrial(cows, AnswerTrial.Setting.WITHOUT_SOURCE, abstention()),
                        new AnswerTrial(dogs, AnswerTrial.Setting.UNANSWERABLE, abstention())),
                NOTHING);
        AnswerFigures all = report.all();
        assertThat(all.falseAbstentions()).isZero();
        assertThat(all.rightAbstentions()).isEqualTo(0.5);
        assertThat(all.rightAbstentionsUnanswerable()).isEqualTo(1);
        assertThat(all.rightAnswers()).isEqualTo(0.5);
        assertThat(all.verbatim()).isCloseTo(2.0 / 3, Offset.offset(1e-9));
        assertThat(all.citationPrecision()).isEqualTo(1);
        assertThat(report.kinds()).containsOnlyKeys("milk").hasEntrySatisfying("milk", milk -> {
            assertThat(milk.wrongAnswers()).isEqualTo(1);
            assertThat(milk.unanswerable()).isZero();
        });
        assertThat(report.questions())
                .extracting(AnswerReport.Asked::verdict)
                .containsExactly("right", "", "wrong", "", "");
    }

    @Test
    void takesTheJudgmentsWhereNobodySaysMore(@TempDir Path directory) throws IOException {
        AnswerSet set = set(directory);
        assertThat(set.keys()).hasSize(3);
        assertThat(set.keys().get(0).documents()).containsExactly("d1");
        assertThat(set.keys().get(0).answerable()).isTrue();
        assertThat(set.keys().get(2).answerable()).isFalse();
        assertThat(set.sha256()).hasSize(64).isEqualTo(AnswerSet.read(directory).sha256());
    }

    @Test
    void findsTheDocumentsInTheFolderAbove(@TempDir Path directory) throws IOException {
        set(directory);
        Path below = Files.createDirectory(directory.resolve("train"));
        Files.writeString(below.resolve("queries.jsonl"), "{\"_id\":\"q9\",\"text\":\"Who gives milk?\"}\n");
        Files.writeString(below.resolve("qrels.tsv"), "query-id\tcorpus-id\tscore\nq9\td2\t1\n");
        assertThat(AnswerSet.read(below).questions().documents()).hasSize(2);
    }

    private static AnswerSet set(Path directory) throws IOException {
        Files.writeString(directory.resolve("corpus.jsonl"), """
                {"_id":"d1","title":"Bees","text":"Bees make honey."}
                {"_id":"d2","title":"Cows","text":"Cows give\\nmilk."}
                """);
        Files.writeString(directory.resolve("queries.jsonl"), """
                {"_id":"q1","text":"Who makes honey?"}
                {"_id":"q2","text":"What do cows give?"}
                {"_id":"q3","text":"What do dogs eat?"}
                """);
        Files.writeString(directory.resolve("qrels.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n");
        Files.writeString(directory.resolve("answers.jsonl"), """
                {"_id":"q1","must":[["nectar","HONEY"]]}
                {"_id":"q2","must":["milk"],"mustNot":["beer"],"kinds":["milk"]}
                {"_id":"q3","answerable":false}
                """);
        return AnswerSet.read(directory);
    }

    private static ObservedAnswer answer(String text, String document) {
        return new ObservedAnswer(
                false,
                text,
                List.of(new ObservedAnswer.Sentence(text, true, List.of(1))),
                List.of(new ObservedAnswer.Cited(1, document, text)),
                0.9,
                10);
    }

    private static ObservedAnswer abstention() {
        return new ObservedAnswer(true, "The documents do not say.", List.of(), List.of(), 0.1, 10);
    }
}
