package org.cartulary.appliance.carried;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts as QR codes (ISO/IEC 18004), without the light border that whoever draws them adds. */
public final class QrSymbol {
    private QrSymbol() {}

    /**
     * The modules of the smallest code that holds a text.
     *
     * @return a line a row, {@code 1} for dark and {@code 0} for light
     */
    public static List<String> of(String text) {
        return rows(QrCode.encodeText(text, QrCode.Ecc.MEDIUM));
    }

    /** As {@link #of}, with as few modules as there can be, for up to {@value NumberedCodes#MOST_BYTES} bytes. */
    public static List<String> dense(String text) {
        return rows(QrCode.encodeText(text, QrCode.Ecc.LOW));
    }

    private static List<String> rows(QrCode code) {
        return IntStream.range(0, code.size)
                .mapToObj(y -> IntStream.range(0, code.size)
                        .mapToObj(x -> code.getModule(x, y) ? "1" : "0")
                        .collect(Collectors.joining()))
                .toList();
    }
}
