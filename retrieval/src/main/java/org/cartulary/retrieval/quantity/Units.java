package org.cartulary.retrieval.quantity;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spellings of the units that documents of hospitals and offices use. */
final class Units {
    /** The first spelling of each line stands for the others. */
    private static final List<List<String>> SPELLINGS = List.of(
            List.of("mcg", "µg", "μg", "ug", "microgram", "micrograms"),
            List.of("mg", "milligram", "milligrams"),
            List.of("g", "gram", "grams", "gm"),
            List.of("kg", "kilogram", "kilograms", "kilo", "kilos"),
            List.of("ml", "millilitre", "millilitres", "milliliter", "milliliters"),
            List.of("l", "litre", "litres", "liter", "liters"),
            List.of("mmol", "millimole", "millimoles"),
            List.of("iu", "unit", "units"),
            List.of("%", "percent", "per cent"),
            List.of("second", "seconds", "sec", "secs", "s"),
            List.of("minute", "minutes", "min", "mins"),
            List.of("hour", "hours", "h", "hr", "hrs"),
            List.of("day", "days", "d"),
            List.of("week", "weeks", "wk", "wks"),
            List.of("month", "months"),
            List.of("year", "years", "yr", "yrs"),
            List.of("eur", "€", "euro", "euros"),
            List.of("gbp", "£", "pound", "pounds"),
            List.of("usd", "$", "dollar", "dollars"),
            List.of("cent", "cents", "ct"),
            List.of("mm", "millimetre", "millimetres", "millimeter", "millimeters"),
            List.of("cm", "centimetre", "centimetres", "centimeter", "centimeters"),
            List.of("m", "metre", "metres", "meter", "meters"),
            List.of("km", "kilometre", "kilometres", "kilometer", "kilometers"),
            List.of("m2", "m²", "squaremetre", "squaremetres", "squaremeter", "squaremeters", "sqm"),
            List.of("m3", "m³", "cubicmetre", "cubicmetres", "cubicmeter", "cubicmeters"),
            List.of("°c", "celsius"),
            List.of("°f", "fahrenheit"),
            List.of("time", "times"),
            List.of("tablet", "tablets"),
            List.of("dose", "doses"));

    private static final Map<String, String> CANONICAL = canonical();

    /** A unit as a multiple of another. */
    record Base(BigDecimal factor, String unit) {
        private Base(long factor, String unit) {
            this(BigDecimal.valueOf(factor), unit);
        }
    }

    /** Months and years have no fixed number of days, and are multiples of each other only. */
    private static final Map<String, Base> BASES = Map.ofEntries(
            Map.entry("minute", new Base(60, "second")),
            Map.entry("hour", new Base(3_600, "second")),
            Map.entry("day", new Base(86_400, "second")),
            Map.entry("week", new Base(604_800, "second")),
            Map.entry("year", new Base(12, "month")),
            Map.entry("mg", new Base(1_000, "mcg")),
            Map.entry("g", new Base(1_000_000, "mcg")),
            Map.entry("kg", new Base(1_000_000_000, "mcg")),
            Map.entry("l", new Base(1_000, "ml")),
            Map.entry("cm", new Base(10, "mm")),
            Map.entry("m", new Base(1_000, "mm")),
            Map.entry("km", new Base(1_000_000, "mm")));

    private Units() {}

    /** The base of a unit in its one spelling; null where it is none's multiple. */
    static @Nullable Base base(String unit) {
        return BASES.get(unit);
    }

    /** The one spelling of a unit, or null where the word is no known unit. */
    static @Nullable String known(@Nullable String word) {
        return word == null ? null : CANONICAL.get(word.toLowerCase(Locale.ROOT).replaceAll("\\s", ""));
    }

    private static Map<String, String> canonical() {
        Map<String, String> canonical = new HashMap<>();
        for (List<String> spellings : SPELLINGS) {
            spellings.forEach(spelling -> canonical.put(spelling, spellings.getFirst()));
        }
        return Map.copyOf(canonical);
    }
}
