package org.cartulary.retrieval.quantity;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A number and what it counts.
 *
 * @param value without trailing zeros, so that 2.50 equals 2.5
 * @param unit in one spelling, for example {@code day} for days; null where none of the known ones stands beside it
 */
public record Quantity(BigDecimal value, @Nullable String unit) {
    public Quantity {
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    /** Whether a source's quantity stands behind this one: the same value, and the same unit where this one has one. */
    public boolean matches(Quantity source) {
        return value.compareTo(source.value) == 0 && (unit == null || unit.equals(source.unit));
    }

    /** The same amount in the smallest unit of its kind, where that is a matter of multiplying: 2 weeks are 20160 minutes. */
    public Quantity inBaseUnit() {
        Units.Base base = unit == null ? null : Units.base(unit);
        return base == null ? this : new Quantity(value.multiply(base.factor()), base.unit());
    }

    @Override
    public String toString() {
        return value.toPlainString() + (unit == null ? "" : " " + unit);
    }
}
