package org.cartulary.retrieval.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that deny, by language: what stands with one says the opposite of what stands without. Languages that deny within the
 * verb, such as Czech, Turkish or Finnish, are covered by their separate words alone; for a language without a list, the words
 * of all lists count.
 */
public final class Denials {
    private static final Map<String, Set<String>> BY_LANGUAGE = Map.ofEntries(
            list(
                    Languages.ENGLISH,
                    "not no never none without cannot nor neither except unless nobody nothing nowhere"),
            list(
                    "de",
                    "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo kein keine keinen keinem keiner"
                            + " keines keinesfalls keineswegs ohne weder außer ausser ausgenommen"),
            list("fr", "ne n pas jamais sans aucun aucune rien personne ni sauf excepté hormis non"),
            list(
                    "es",
                    "no nunca jamás sin ningún ninguno ninguna ningunos ningunas nadie nada ni tampoco salvo excepto"),
            list("it", "non no mai senza nessun nessuno nessuna niente nulla né neppure neanche tranne eccetto salvo"),
            list("pt", "não nunca jamais sem nenhum nenhuma ninguém nada nem exceto salvo"),
            list("nl", "niet niets nooit geen zonder noch niemand nergens behalve tenzij"),
            list("sv", "inte ej icke aldrig utan ingen inget inga ingenting förutom utom"),
            list("da", "ikke ej aldrig uden ingen intet undtagen medmindre"),
            list("no", "ikke ikkje aldri uten ingen intet ingenting unntatt"),
            list("pl", "nie nigdy bez żaden żadna żadne żadnego żadnej żadnych nikt nic ani oprócz chyba"),
            list("cs", "ne nikdy bez žádný žádná žádné žádného žádných nikdo nic ani kromě"),
            list("ru", "не нет никогда без никто ничего никакой ни кроме нельзя"),
            list("ro", "nu niciodată fără niciun nicio nimeni nimic nici"),
            list("ca", "no mai sense cap ningú res ni tampoc excepte"),
            list("hu", "nem ne soha nélkül semmi senki sem nincs kivéve"),
            list("fi", "ei en et emme ette eivät ilman älä älkää koskaan paitsi"),
            list("tr", "değil hayır asla hariç yok"));

    private static final Set<String> OF_ALL = ofAll();
    /** {@code mustn't} is no word of its own, but its end denies. */
    private static final Pattern CONTRACTED = Pattern.compile("n['\u2019]t\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    private Denials() {}

    /**
     * The denials of a text, each with the word behind it, in order and in lower case: {@code not given}.
     *
     * @param language of the text, ISO 639-1
     */
    public static List<String> in(String text, String language) {
        Set<String> denying = BY_LANGUAGE.getOrDefault(language, OF_ALL);
        String plain =
                language.equals(Languages.ENGLISH) ? CONTRACTED.matcher(text).replaceAll(" not") : text;
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(plain);
        while (word.find()) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
        List<String> denials = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (denying.contains(words.get(i))) {
                denials.add(i + 1 < words.size() ? words.get(i) + " " + words.get(i + 1) : words.get(i));
            }
        }
        return denials;
    }

    private static Map.Entry<String, Set<String>> list(String language, String words) {
        return Map.entry(language, new TreeSet<>(List.of(words.split(" ", -1))));
    }

    private static Set<String> ofAll() {
        Set<String> all = new TreeSet<>();
        BY_LANGUAGE.values().forEach(all::addAll);
        return all;
    }
}
