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

    @Override
    public String toString() {
        return value.toPlainString() + (unit == null ? "" : " " + unit);
    }
}
