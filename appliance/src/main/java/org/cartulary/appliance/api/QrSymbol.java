package org.cartulary.appliance.api;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts as QR codes (ISO/IEC 18004), without the light border that whoever draws them adds. */
final class QrSymbol {
    private QrSymbol() {}

    /**
     * The modules of the smallest code that holds a text.
     *
     * @return a line a row, {@code 1} for dark and {@code 0} for light
     */
    static List<String> of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        return IntStream.range(0, code.size)
                .mapToObj(y -> IntStream.range(0, code.size)
                        .mapToObj(x -> code.getModule(x, y) ? "1" : "0")
                        .collect(Collectors.joining()))
                .toList();
    }
}
