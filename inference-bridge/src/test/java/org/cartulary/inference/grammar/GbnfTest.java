package org.cartulary.inference.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read as a grammar and what is refused, in what words. */
final class GbnfTest {
    private static final String SECRET = "Ottilie Rosenzweig";

    @ParameterizedTest
    @CsvSource(delimiterString = " ;; ", quoteCharacter = '`', textBlock = """
                    root ::= "a" ;; a ;; b
                    root ::= "a" | "b" ;; b ;; ab
                    root ::= "a" | ;; `` ;; b
                    root ::= | "a" ;; `` ;; b
                    root ::= "" ;; `` ;; a
                    root ::= "a"? "b" ;; b ;; aab
                    root ::= "a"* ;; aaaa ;; ab
                    root ::= "a"+ ;; aaa ;; ``
                    root ::= "ab"* ;; abab ;; aba
                    root ::= [ab]+* ;; abba ;; c
                    root ::= "a"+? ;; `` ;; b
                    root ::= "a"{3} ;; aaa ;; aa
                    root ::= "a" { 3 } ;; aaa ;; aaaa
                    root ::= "a"{2,} ;; aaaaa ;; a
                    root ::= "ab"{1,2} ;; abab ;; ababab
                    root ::= "a"{0} "b" ;; b ;; ab
                    root ::= "a"{0,3} "b" ;; aaab ;; aaaab
                    root ::= ("a"{2}){3} ;; aaaaaa ;; aaaa
                    root ::= "a"{2}{3} ;; aaaaaa ;; aaaa
                    root ::= ("a"?){2,3} ;; aaa ;; aaaa
                    root ::= ("a"?)* "b" ;; aab ;; aa
                    root ::= ("a"* "b"*)+ "c" ;; abbac ;; ab
                    root ::= [] "a" ;; a ;; b
                    root ::= [^] "a" ;; a ;; b
                    root ::= [a-c] ;; b ;; d
                    root ::= [c-a] | "x" ;; x ;; b
                    root ::= [^a-c] ;; d ;; b
                    root ::= [a-] ;; - ;; b
                    root ::= [-a] ;; - ;; b
                    root ::= [a\\-c] ;; - ;; b
                    root ::= [^\\x00-\\x1F"\\\\] ;; ü ;; "
                    root ::= [\\[\\]^] ;; ] ;; a
                    root ::= [^é] ;; ã ;; é
                    root ::= . ;; € ;; ab
                    root ::= "\\x41\\u00e9\\U0001F600\\t\\"" ;; Aé😀\t" ;; A
                    root ::= [\\U0001F600-\\UFFFFFFFF] ;; 😁 ;; a
                    root ::= (("a" | "b") "c")* ;; acbc ;; ab
                    root::="a"#comment ;; a ;; b
                    """)
    void readsWhatLlamaCppReads(String gbnf, String fits, String doesNot) {
        assertThat(Walks.accepts(gbnf, fits.replace("\\t", "\t"))).isTrue();
        assertThat(Walks.accepts(gbnf, doesNot)).isFalse();
    }

    @Test
    void readsLinesCommentsAndGroupsAsLlamaCppDoes() {
        String gbnf = """

                # a list
                root ::= "[" ( # within a group ends of lines mean nothing
                    item
                    ("," item)*
                )? "]" |
                    "none"\r
                item ::= [0-9] \t # the last definition holds
                item ::=
                    [a-z]

                """;
        assertThat(Walks.accepts(gbnf, "[a,b]")).isTrue();
        assertThat(Walks.accepts(gbnf, "[]")).isTrue();
        assertThat(Walks.accepts(gbnf, "none")).isTrue();
        assertThat(Walks.accepts(gbnf, "[1]")).isFalse();
    }

    @Test
    void readsTokensByNumberAndName() {
        GrammarWalk walk = Walks.of("root ::= \"no\" (<yes> | !<[" + Walks.word("ab") + "]> \"!\")");
        assertThat(Walks.allowed(walk)).doesNotContain(Walks.word("yes"));
        walk.accept(Walks.word("no"));
        assertThat(Walks.allowed(walk))
                .contains(Walks.word("yes"), Walks.word("ü"), Walks.token('y'))
                .doesNotContain(Walks.word("ab"), Walks.token(0xC3), Walks.END, 1)
                .isEqualTo(Walks.restricted(walk));
        walk.accept(Walks.word("yes"));
        assertThat(Walks.restricted(walk)).containsExactly(Walks.END, Walks.token('!'));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ;; ", quoteCharacter = '`', textBlock = """
                    root = "a" ;; in line 1, column 6: expected "::="
                    root ::= "a ;; in line 1, column 12: expected more
                    root ::= [a ;; in line 1, column 12: expected more
                    root ::= ("a" ;; column 14: expected ")"
                    root ::= "a") ;; column 13: expected something to match, "|", or the end of the line
                    root ::= * ;; column 10: expected something that can be repeated
                    root ::= "a" | * ;; expected something that can be repeated
                    root ::= "\\q" ;; expected one of x u U
                    root ::= "\\x4" ;; expected 2 hexadecimal digits
                    root ::= "a"{} ;; column 14: expected a number
                    root ::= "a"{2 ;; column 15: expected "}"
                    root ::= "a"{3,2} ;; a second number that is not below the first
                    root ::= "a"{70000} ;; a number up to 65536
                    root ::= "a"{99999999999999999999} ;; a smaller number
                    root ::= <[x]> ;; expected a number
                    root ::= <maybe> ;; the name of one token of this model
                    root ::= <maybe ;; expected ">"
                    root ::= ! "a" ;; expected "<"
                    root ::= missing ;; names the rule "missing" in line 1, column 10 and defines it nowhere
                    start ::= "a" ;; has no rule "root"
                    # nothing ;; has no rule "root"
                    root ::= a_b ;; column 11
                    root ::= root "a" ;; comes back to itself before any character: "root"
                    root ::= "a"? root ;; comes back to itself before any character: "root"
                    root ::= (root "x")* ;; comes back to itself before any character: "root"
                    """)
    void refusesWithThePlaceAndWhatWasExpected(String gbnf, String words) {
        assertThatThrownBy(() -> Walks.parse(gbnf))
                .isInstanceOfSatisfying(
                        InferenceRefused.class, e -> assertThat(e.refusal()).isInstanceOf(Refusal.BadRequest.class))
                .hasMessageStartingWith("The grammar ")
                .hasMessageContaining(words);
    }

    @Test
    void countsLinesWhateverEndsThem() {
        assertThatThrownBy(() -> Walks.parse("root ::= \"a\"\nb ::= \"b\"\r\nc ::= \"c\"\r d ="))
                .hasMessageContaining("in line 4, column 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root ::= \"§",
                "root ::= \"§\" )",
                "root ::= \"§\\q\"",
                "root ::= <§>",
                "root ::= \"§\" missing",
                "root ::= root \"§\"",
                "root ::= \"§\"{9,1}",
                "§ ::= \"a\"",
                "root ::= [§"
            })
    void neverRepeatsTheText(String gbnf) {
        assertThatThrownBy(() -> Walks.parse(gbnf.replace("§", SECRET)))
                .isInstanceOf(InferenceRefused.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Ottilie", "Rosenzweig"));
    }

    @Test
    void boundsLengthNestingAndNames() {
        assertThatThrownBy(() -> Walks.parse(" \n")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> Walks.parse("root ::= \"a\0b\"")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> Walks.parse("root ::= \"" + "a".repeat(Gbnf.MAX_LENGTH) + "\""))
                .hasMessageContaining("at most 65536");
        assertThatThrownBy(() -> Walks.parse(nested(Gbnf.MAX_DEPTH + 1))).hasMessageContaining("at most 64");
        assertThat(Walks.accepts(nested(Gbnf.MAX_DEPTH), "a")).isTrue();
        assertThat(Walks.accepts("root ::= \"" + "(".repeat(1000) + "\"", "(".repeat(1000)))
                .isTrue();
        assertThatThrownBy(() -> Walks.parse("root ::= " + "x".repeat(60_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    private static String nested(int depth) {
        return "root ::= " + "(".repeat(depth) + "\"a\"" + ")".repeat(depth);
    }
}
