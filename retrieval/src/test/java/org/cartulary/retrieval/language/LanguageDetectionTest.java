package org.cartulary.retrieval.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageDetectionTest {
    /** Questions and what they are written in; some are names of things alone. */
    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry("Wie lange werden Besucherprotokolle aufbewahrt?", "de"),
            Map.entry("Welche Dosis Paracetamol bekommen Kinder?", "de"),
            Map.entry("Wer darf nach 20 Uhr auf die Station?", "de"),
            Map.entry("Kosten für Parkausweis", "de"),
            Map.entry("Händehygiene Desinfektion Dauer", "de"),
            Map.entry("Was kostet eine Baugenehmigung für eine Garage?", "de"),
            Map.entry("Impfung Masern Pflicht Personal", "de"),
            Map.entry("Urlaub beantragen", "de"),
            Map.entry("Combien de temps les registres des visiteurs sont-ils conservés ?", "fr"),
            Map.entry("Quelle est la dose de paracétamol pour un enfant ?", "fr"),
            Map.entry("Qui peut entrer dans le service après 20 heures ?", "fr"),
            Map.entry("prix du permis de construire", "fr"),
            Map.entry("horaires de visite", "fr"),
            Map.entry("¿Cuánto tiempo se guardan los registros de visitas?", "es"),
            Map.entry("¿Qué dosis de paracetamol reciben los niños?", "es"),
            Map.entry("horario de visitas del hospital", "es"),
            Map.entry("coste de la licencia de obras", "es"),
            Map.entry("Per quanto tempo si conservano i registri dei visitatori?", "it"),
            Map.entry("Qual è la dose di paracetamolo per i bambini?", "it"),
            Map.entry("orario delle visite in reparto", "it"),
            Map.entry("Hoe lang worden bezoekerslogboeken bewaard?", "nl"),
            Map.entry("Welke dosis paracetamol krijgen kinderen?", "nl"),
            Map.entry("kosten van een parkeervergunning", "nl"),
            Map.entry("Quanto tempo são guardados os registos de visitantes?", "pt"),
            Map.entry("Qual é a dose de paracetamol para crianças?", "pt"),
            Map.entry("Hur länge sparas besöksloggar?", "sv"),
            Map.entry("Vilken dos paracetamol får barn?", "sv"),
            Map.entry("Hvor længe opbevares besøgsprotokoller?", "da"),
            Map.entry("Hvilken dosis paracetamol får børn?", "da"),
            Map.entry("Hvor lenge oppbevares besøkslogger?", "no"),
            Map.entry("Hvilken dose paracetamol får barn på sykehuset?", "no"),
            Map.entry("Kuinka kauan vierailijalokeja säilytetään?", "fi"),
            Map.entry("Jak długo przechowywane są rejestry gości?", "pl"),
            Map.entry("Jaka jest dawka paracetamolu dla dzieci?", "pl"),
            Map.entry("Jak dlouho se uchovávají záznamy o návštěvách?", "cs"),
            Map.entry("Meddig őrzik meg a látogatói naplókat?", "hu"),
            Map.entry("Cât timp se păstrează registrele vizitatorilor?", "ro"),
            Map.entry("Ziyaretçi kayıtları ne kadar süre saklanır?", "tr"),
            Map.entry("Как долго хранятся журналы посещений?", "ru"),
            Map.entry("Πόσο καιρό φυλάσσονται τα μητρώα επισκεπτών;", "el"),
            Map.entry("كم من الوقت يتم الاحتفاظ بسجلات الزوار؟", "ar"),
            Map.entry("访客记录保存多久?", "zh"),
            Map.entry("訪問者の記録はどのくらい保管されますか?", "ja"),
            Map.entry("방문자 기록은 얼마나 오래 보관됩니까?", "ko"));

    @Test
    void tellsMostQuestionsInOtherLanguagesAndTakesNoneForEnglish() {
        List<String> missed = new ArrayList<>();
        QUESTIONS.forEach((question, language) -> {
            String told = LanguageDetection.of(question).orElse("");
            assertThat(told).as(question).isNotEqualTo(Languages.ENGLISH);
            if (!told.equals(language)) {
                missed.add(language + " " + told + ": " + question);
            }
        });
        assertThat(missed).hasSizeLessThan(QUESTIONS.size() / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scifact", "scifact/train", "cranfield", "cacm", "med", "pubmedqa-l"})
    void neverTakesAnEnglishQuestionForAnother(String set) throws IOException {
        Path questions = Path.of(System.getProperty("cartulary.shared", "../shared"))
                .resolve("eval")
                .resolve(set)
                .resolve("queries.jsonl");
        assumeThat(questions).exists();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(questions)) {
            String question = json.readTree(line).path("text").asText();
            assertThat(LanguageDetection.of(question).orElse(Languages.ENGLISH))
                    .as(question)
                    .isEqualTo(Languages.ENGLISH);
        }
    }

    @Test
    void tellsPassagesByTheirOwnWords() {
        String german = "Besucher tragen auf der Station einen Ausweis, der an der Pforte ausgegeben wird. ".repeat(6);
        String english = "Visitors on the ward wear a badge that is handed out at the gate of the house. ".repeat(6);
        assertThat(PassageLanguages.of(german + "\n\n" + english, "en-US", List.of(german, english, "Anhang 3")))
                .containsExactly("de", "en", "de");
    }

    @Test
    void takesLettersOfCodesForNoWords() {
        assertThat(LanguageDetection.of("Chebyshev Quadrature (Algorithm 279 [D1])"))
                .isEmpty();
    }

    @Test
    void believesTheFileWhereTheWordsSayNothing() {
        assertThat(PassageLanguages.of("4711", "de-AT", List.of("4711"))).containsExactly("de");
        assertThat(PassageLanguages.of("4711", "und", List.of("4711"))).containsExactly("en");
    }
}
