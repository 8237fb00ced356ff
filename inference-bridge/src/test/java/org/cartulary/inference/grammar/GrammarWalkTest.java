package org.cartulary.inference.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.inference.InferenceRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens a grammar lets through, and what hostile grammars cost: counted in steps, not in time. */
final class GrammarWalkTest {
    private static final long FEW_STEPS = 50_000;

    @Test
    void letsTokensThroughWhoseCharactersFit() {
        GrammarWalk walk = Walks.of("root ::= \"ab\" [a-z]* \"!\"");
        assertThat(Walks.restricted(walk)).containsExactly(Walks.token('a'), Walks.word("ab"), Walks.word("abc"));
        walk.accept(Walks.word("abc"));
        assertThat(Walks.restricted(walk))
                .contains(Walks.word("yes"), Walks.token('!'))
                .doesNotContain(Walks.END);
        walk.accept(Walks.token('!'));
        assertThat(Walks.restricted(walk)).containsExactly(Walks.END);
        walk.accept(Walks.END);
        assertThat(walk.allows(Walks.END)).isTrue();
    }

    @Test
    void refusesToAcceptWhatIsForbidden() {
        GrammarWalk walk = Walks.of("root ::= \"ab\"");
        for (int token : new int[] {Walks.END, 1, Walks.token('b'), -1, 100_000}) {
            assertThatThrownBy(() -> walk.accept(token)).isInstanceOf(IllegalStateException.class);
        }
        walk.accept(Walks.word("ab"));
        assertThat(walk.allows(Walks.END)).isTrue();
    }

    @Test
    void keepsTheBeginningOfACharacterForTheNextToken() {
        GrammarWalk walk = Walks.of("root ::= [à-ü]{2} | \"a\"");
        assertThat(Walks.restricted(walk)).containsExactly(Walks.token('a'), Walks.token(0xC3), Walks.word("ü"));
        walk.accept(Walks.token(0xC3));
        assertThat(Walks.restricted(walk))
                .isEqualTo(
                        IntStream.rangeClosed(0xA0, 0xBC).mapToObj(Walks::token).toList());
        walk.accept(Walks.token(0xBC));
        walk.accept(Walks.word("ü"));
        assertThat(Walks.restricted(walk)).containsExactly(Walks.END);
    }

    @Test
    void doesNotEndWithinACharacter() {
        GrammarWalk walk = Walks.of("root ::= .*");
        assertThat(walk.allows(Walks.END)).isTrue();
        walk.accept(Walks.token(0xE2));
        assertThat(walk.allows(Walks.END)).isFalse();
    }

    @Test
    void letsNothingThroughThatIsNoText() {
        GrammarWalk walk = Walks.of("root ::= [^x]*");
        assertThat(Walks.restricted(walk))
                .doesNotContain(Walks.token(0), Walks.token(0x80), Walks.token(0xC0), Walks.token(0xC1))
                .doesNotContain(Walks.token(0xF5), Walks.token(0xFF));
        walk.accept(Walks.token(0xED));
        assertThat(Walks.restricted(walk)).contains(Walks.token(0x9F)).doesNotContain(Walks.token(0xA0));
        assertThat(Walks.accepts("root ::= \"\\uD83D\\uDE00\"", "\ud83d\ude00")).isFalse();
    }

    /** Whatever the vocabulary, all at once and one by one come to the same. */
    @Test
    void restrictsToWhatItAllows() {
        Random random = new Random(20261122);
        for (int round = 0; round < 300; round++) {
            GrammarWalk walk = Walks.of(RandomGrammar.of(random));
            for (int step = 0; step < 12; step++) {
                List<Integer> allowed = Walks.allowed(walk);
                assertThat(Walks.restricted(walk)).isEqualTo(allowed);
                if (allowed.isEmpty()) {
                    break;
                }
                walk.accept(allowed.get(random.nextInt(allowed.size())));
            }
        }
    }

    @Test
    void readsAmbiguousGrammarsInStepsThatGrowWithTheText() {
        GrammarWalk walk = Walks.of("root ::= \"a\" root \"b\" | \"a\" root \"c\" | \"d\"");
        for (int i = 0; i < 100; i++) {
            walk.accept(Walks.word("aaaaaaaaaaaaaaaa"));
        }
        assertThat(walk.effort()).isLessThan(FEW_STEPS);
        assertThat(Walks.write(walk, "d" + "bc".repeat(800))).isTrue();
        assertThat(Walks.restricted(walk)).containsExactly(Walks.END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root ::= (\"a\" | \"aa\" | \"aaa\")* \"!\"",
                "root ::= (\"a\"* \"a\"*)* \"!\"",
                "root ::= (([a-z]+)* ([a-c]+)*)* \"!\"",
                "root ::= x x x x x x x x\nx ::= \"a\"*",
                "root ::= \"a\"{0,60000}{0,60000}{0,60000}",
                "root ::= (\"a\"{1,50} | \"aa\"{1,50}){1,50}",
                "root ::= s \"!\"\ns ::= \"a\" s \"a\" | \"a\" s s \"a\" | \"a\" | ",
                "root ::= \"a\"? root2\nroot2 ::= (\"a\" root2 | \"a\" root2 root2 | \"a\")"
            })
    void answersOrRefusesEveryAmbiguityWithinItsBound(String gbnf) {
        GrammarWalk walk = Walks.of(gbnf);
        int tokens = 0;
        try {
            while (tokens < 200) {
                Walks.restricted(walk);
                walk.accept(Walks.word("aaaaaaaaaaaaaaaa"));
                tokens++;
            }
        } catch (InferenceRefused refused) {
            assertThat(refused)
                    .hasMessage("The grammar can be read in too many ways at once: make its alternatives differ"
                            + " earlier.");
        }
        long most = Effort.MOST + (long) Effort.EACH_TOKEN * (tokens + 1);
        assertThat(walk.effort()).isLessThan(most + Gbnf.MAX_LENGTH);
    }

    @Test
    void refusesWhatCanBeReadInTooManyWays() {
        String gbnf = "root ::= " + "(\"a\"? ".repeat(60) + "\"a\"" + "{1,3000})".repeat(60);
        GrammarWalk walk = Walks.of(gbnf);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        walk.accept(Walks.word("aaaaaaaaaaaaaaaa"));
                    }
                })
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("too many ways");
    }

    @Test
    void takesAsManyAlternativesAsAGrammarHasRoomFor() {
        String codes = IntStream.range(1_000, 8_000)
                .mapToObj(code -> "\"" + code + "\"")
                .collect(Collectors.joining(" | "));
        GrammarWalk walk = Walks.of("root ::= (" + codes + "){2}");
        for (char c : "10057999".toCharArray()) {
            assertThat(Walks.restricted(walk)).contains(Walks.token(c)).hasSizeLessThan(11);
            walk.accept(Walks.token(c));
        }
        assertThat(Walks.restricted(walk)).containsExactly(Walks.END);
        assertThat(walk.effort()).isLessThan(Effort.MOST / 4);
    }

    @Test
    void walksAChainOfManyRules() {
        int rules = 4_000;
        StringBuilder gbnf = new StringBuilder("root ::= r0\n");
        for (int i = 0; i < rules; i++) {
            gbnf.append("r" + i + "::=r" + (i + 1) + "\n");
        }
        gbnf.append("r" + rules + "::=[a-z]+");
        assertThat(gbnf).hasSizeLessThan(Gbnf.MAX_LENGTH);
        assertThat(Walks.accepts(gbnf.toString(), "abc")).isTrue();
        assertThatThrownBy(() -> Walks.parse(gbnf.toString().replace("[a-z]+", "root")))
                .hasMessageContaining("comes back to itself");
    }

    @Test
    void walksTwentyThousandRules() {
        // As names take room, the rules are groups and repetitions of repetitions.
        String gbnf = "root ::= \"a\"" + "+".repeat(20_000) + " \"b\"";
        GrammarWalk walk = Walks.of(gbnf);
        assertThat(Walks.parse(gbnf).rules().count()).isEqualTo(20_000);
        try {
            assertThat(Walks.write(walk, "aab")).isTrue();
            assertThat(walk.allows(Walks.END)).isTrue();
        } catch (InferenceRefused refused) {
            assertThat(refused).hasMessageContaining("too many ways");
        }
        assertThat(walk.effort()).isLessThan(Effort.MOST + 4L * Effort.EACH_TOKEN + Gbnf.MAX_LENGTH);
    }

    @Test
    void findsLeftRecursionWhereEachRuleIsReachedInManyWays() {
        String levels = IntStream.range(0, 45)
                .mapToObj(i -> "r%d ::= r%d | r%d \"x\"\n".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining());
        assertThat(Walks.accepts("root ::= r0\n" + levels + "r45 ::= \"y\"", "yxxx"))
                .isTrue();
        assertThat(Walks.accepts("root ::= r0\n" + levels + "r45 ::= \"y\"", "y" + "x".repeat(46)))
                .isFalse();
        assertThatThrownBy(() -> Walks.parse("root ::= r0\n" + levels + "r45 ::= (\"y\" | ) r17"))
                .hasMessageContaining("comes back to itself before any character: \"r17\"");
        GrammarWalk walk = Walks.of("root ::= r0\n" + levels + "r45 ::= \"y\"");
        assertThat(Walks.write(walk, "yxx")).isTrue();
        assertThat(walk.effort()).isLessThan(FEW_STEPS);
    }

    @Test
    void countsLongRepetitionsWithoutWritingThemOut() {
        GrammarWalk walk = Walks.of("root ::= \"[\" (\"" + "x".repeat(1000) + "\"{2000,65536}){2000} \"]\"");
        assertThat(Walks.write(walk, "[" + "x".repeat(5000))).isTrue();
        assertThat(walk.effort()).isLessThan(FEW_STEPS);
    }

    @Test
    void forgetsWhatALongAnswerNoLongerNeeds() {
        GrammarWalk walk = Walks.of("root ::= [a-z]{0,60000} \"!\"");
        for (int i = 0; i < 3_000; i++) {
            walk.accept(Walks.word("aaaaaaaaaaaaaaaa"));
        }
        assertThat(Walks.restricted(walk)).contains(Walks.token('!'), Walks.word("yes"));
        for (int i = 0; i < 750; i++) {
            walk.accept(Walks.word("aaaaaaaaaaaaaaaa"));
        }
        assertThat(Walks.restricted(walk)).containsExactly(Walks.token('!'));
    }
}
