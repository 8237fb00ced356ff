package org.cartulary.retrieval.quote;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a rule is about, where its words tell: what holds for adults is wrong for children. */
enum Population {
    CHILD("\\b(?:child|children|infants?|bab(?:y|ies)|newborns?|neonates?|toddlers?|p(?:a)?ediatric|boys?|girls?|sons?"
            + "|daughters?|teenagers?|minors)\\b"),
    ADULT("\\b(?:adults?|grown-ups?)\\b");

    private static final int OF_AGE = 18;
    private static final Pattern YEARS_OLD = Pattern.compile(
            "\\b(\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]years?[ -]olds?\\b"
                    + "|\\baged?(?: of)?\\s+(\\d{1,3})\\b",
            Pattern.CASE_INSENSITIVE);

    private final Pattern told;

    Population(String told) {
        this.told = Pattern.compile(told, Pattern.CASE_INSENSITIVE);
    }

    /** Those that a text names. */
    static Set<Population> in(String text) {
        Set<Population> populations = EnumSet.noneOf(Population.class);
        for (Population population : values()) {
            if (population.told.matcher(text).find()) {
                populations.add(population);
            }
        }
        Matcher aged = YEARS_OLD.matcher(text);
        while (aged.find()) {
            populations.add(isChild(aged) ? CHILD : ADULT);
        }
        return populations;
    }

    /** 1 where a text is about whom is asked about, −1 where it is about others alone, 0 where one of the two is silent. */
    static int fit(Set<Population> asked, Set<Population> told) {
        if (asked.isEmpty() || told.isEmpty()) {
            return 0;
        }
        return asked.stream().anyMatch(told::contains) ? 1 : -1;
    }

    /** Numbers in words end at twelve here. */
    private static boolean isChild(Matcher aged) {
        String age = aged.group(1) == null ? aged.group(2) : aged.group(1);
        return !Character.isDigit(age.charAt(0)) || Integer.parseInt(age) < OF_AGE;
    }
}
