package org.cartulary.appliance.page;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Reads the QR code that stands on a picture, as the camera of a phone does. */
final class QrReader {
    private static final List<Map<DecodeHintType, Boolean>> LOOKS =
            List.of(Map.of(), Map.of(DecodeHintType.TRY_HARDER, true), Map.of(DecodeHintType.PURE_BARCODE, true));

    private QrReader() {}

    static String read(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            int width = image.getWidth();
            int height = image.getHeight();
            int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
            RGBLuminanceSource source = new RGBLuminanceSource(width, height, pixels);
            return read(new BinaryBitmap(new HybridBinarizer(source)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a camera does: it looks again, and closer, where it found nothing. */
    private static String read(BinaryBitmap bitmap) {
        AssertionError failure = new AssertionError("There is no code to read on the picture");
        for (Map<DecodeHintType, Boolean> look : LOOKS) {
            try {
                return new QRCodeReader().decode(bitmap, look).getText();
            } catch (ReaderException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }
}
