package org.cartulary.appliance.cli;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** QR codes (ISO/IEC 18004) on a terminal, two rows of modules a line; light on dark screens too, as it draws its own border. */
final class TerminalQr {
    private static final int BORDER = 4;

    private TerminalQr() {}

    static List<String> lines(String text) {
        QrCode code;
        try {
            code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        } catch (DataTooLongException e) {
            throw new CommandFailed("That is too long for one code: carry it as a file (--out).");
        }
        int end = code.size + BORDER;
        return IntStream.iterate(-BORDER, y -> y < end, y -> y + 2)
                .mapToObj(y -> IntStream.range(-BORDER, end)
                        .mapToObj(x -> sign(code.getModule(x, y), code.getModule(x, y + 1)))
                        .collect(Collectors.joining("", "\u001b[30;107m", "\u001b[0m")))
                .toList();
    }

    private static String sign(boolean upper, boolean lower) {
        return upper ? (lower ? "\u2588" : "\u2580") : (lower ? "\u2584" : " ");
    }
}
