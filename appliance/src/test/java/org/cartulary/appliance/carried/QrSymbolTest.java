package org.cartulary.appliance.carried;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrSymbolTest {
    @Test
    void carriesAnAddressThatAScannerReadsBack() throws FormatException, ChecksumException {
        for (String name : List.of("ada", "n".repeat(64))) {
            String address =
                    "otpauth://totp/Cartulary:" + name + "?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Cartulary";
            assertThat(read(QrSymbol.of(address))).isEqualTo(address);
        }
    }

    private static String read(List<String> rows) throws FormatException, ChecksumException {
        BitMatrix modules = new BitMatrix(rows.size());
        for (int y = 0; y < rows.size(); y++) {
            assertThat(rows.get(y)).hasSize(rows.size()).matches("[01]+");
            for (int x = 0; x < rows.size(); x++) {
                if (rows.get(y).charAt(x) == '1') {
                    modules.set(x, y);
                }
            }
        }
        return new Decoder().decode(modules).getText();
    }
}
