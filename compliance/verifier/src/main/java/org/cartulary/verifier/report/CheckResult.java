package org.cartulary.verifier.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one check ended.
 *
 * @param held how many things were looked at and held
 * @param failed how many did not hold; {@code findings} has the first {@value Check#KEPT_FINDINGS} of them
 * @param unit what is counted, in the plural
 * @param remark a sentence beside the result that is no failure
 */
public record CheckResult(
        String name,
        Status status,
        long held,
        long failed,
        String unit,
        List<Finding> findings,
        @Nullable String remark) {}
