package org.cartulary.appliance.carried;

import java.util.List;

/** What goes to a witness by QR code. */
public final class CarriedCheckpoint {
    private CarriedCheckpoint() {}

    /**
     * What each code holds, of a submission (C2SP tlog-witness, body of add-checkpoint). Only the first signature goes, the
     * log's Ed25519 one, which a witness goes by: its ML-DSA-44 signature has 3,244 characters.
     *
     * @param most bytes in one code
     */
    public static List<String> codes(String submission, int most) {
        int first = submission.indexOf("\n— ") + 1;
        int end = first == 0 ? -1 : submission.indexOf('\n', first);
        return NumberedCodes.split(end < 0 ? submission : submission.substring(0, end + 1), most);
    }
}
