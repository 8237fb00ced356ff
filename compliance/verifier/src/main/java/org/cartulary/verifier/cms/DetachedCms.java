package org.cartulary.verifier.cms;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.Sha256;

/**
 * A detached CMS SignedData in DER: SHA-256, one certificate, one signer who is its subject, the signed attributes content
 * type, signing time and message digest, and ECDSA. There is one spelling of each such signature; a file that differs from it in
 * any byte is refused. (By ECDSA's own rule s and the order of the group less s are both signatures of the same.)
 */
public final class DetachedCms {
    /** Longest that is read. */
    public static final int MAX_BYTES = 1 << 16;

    private static final byte[] ONE = HexFormat.of().parseHex("020101");
    private static final byte[] SIGNED_DATA = HexFormat.of().parseHex("06092a864886f70d010702");
    private static final byte[] DATA = HexFormat.of().parseHex("06092a864886f70d010701");
    private static final byte[] SHA_256 = HexFormat.of().parseHex("300b0609608648016503040201");
    private static final byte[] ECDSA = HexFormat.of().parseHex("300a06082a8648ce3d040302");
    private static final byte[] CONTENT_TYPE = HexFormat.of().parseHex("06092a864886f70d010903");
    private static final byte[] MESSAGE_DIGEST = HexFormat.of().parseHex("06092a864886f70d010904");
    private static final byte[] SIGNING_TIME = HexFormat.of().parseHex("06092a864886f70d010905");
    private static final int SERIAL = Der.INTEGER;

    private final String where;
    private final X509Certificate certificate;
    private final byte[] encodedCertificate;
    /** What follows the tag of the signed attributes. */
    private final byte[] attributes;

    private final byte[] digest;
    private final byte[] signature;

    private DetachedCms(String where, byte[] encodedCertificate, byte[] attributes, byte[] digest, byte[] signature) {
        this.where = where;
        this.encodedCertificate = encodedCertificate;
        this.certificate = certificate(encodedCertificate, where);
        this.attributes = attributes;
        this.digest = digest;
        this.signature = signature;
    }

    /** Reads one; fails at the first byte that differs from the form. */
    public static DetachedCms read(byte[] der, String where) {
        Der signed = new Der(der, 0, der.length, where).enter(Der.SEQUENCE);
        signed.whole(SIGNED_DATA[0]);
        Der data = signed.enter(Der.TAG_0).enter(Der.SEQUENCE);
        data.whole(Der.INTEGER);
        data.whole(Der.SET);
        data.whole(Der.SEQUENCE);
        byte[] certificate = data.content(Der.TAG_0);
        Der signer = data.enter(Der.SET).enter(Der.SEQUENCE);
        signer.whole(Der.INTEGER);
        signer.whole(Der.SEQUENCE);
        signer.whole(Der.SEQUENCE);
        byte[] attributes = signer.content(Der.TAG_0);
        signer.whole(Der.SEQUENCE);
        byte[] signature = signer.content(Der.OCTETS);
        Der list = new Der(attributes, 0, attributes.length, where);
        list.whole(Der.SEQUENCE);
        Der time = list.enter(Der.SEQUENCE);
        time.whole(SIGNING_TIME[0]);
        byte[] signingTime = time.whole(Der.SET);
        Der digest = list.enter(Der.SEQUENCE);
        digest.whole(MESSAGE_DIGEST[0]);
        byte[] messageDigest = digest.enter(Der.SET).content(Der.OCTETS);
        DetachedCms cms = new DetachedCms(where, certificate, attributes, messageDigest, signature);
        cms.requireForm(der, signingTime);
        return cms;
    }

    /** Spells it again and compares every byte. */
    private void requireForm(byte[] der, byte[] signingTime) {
        byte[] attributeList = join(
                Der.of(Der.SEQUENCE, CONTENT_TYPE, Der.of(Der.SET, DATA)),
                Der.of(Der.SEQUENCE, SIGNING_TIME, signingTime),
                Der.of(Der.SEQUENCE, MESSAGE_DIGEST, Der.of(Der.SET, Der.of(Der.OCTETS, digest))));
        byte[] issuer = certificate.getIssuerX500Principal().getEncoded();
        byte[] serial = Der.of(SERIAL, certificate.getSerialNumber().toByteArray());
        byte[] signer = Der.of(
                Der.SEQUENCE,
                ONE,
                Der.of(Der.SEQUENCE, issuer, serial),
                SHA_256,
                Der.of(Der.TAG_0, attributeList),
                ECDSA,
                Der.of(Der.OCTETS, signature));
        byte[] data = Der.of(
                Der.SEQUENCE,
                ONE,
                Der.of(Der.SET, SHA_256),
                Der.of(Der.SEQUENCE, DATA),
                Der.of(Der.TAG_0, encodedCertificate),
                Der.of(Der.SET, signer));
        byte[] expected = Der.of(Der.SEQUENCE, SIGNED_DATA, Der.of(Der.TAG_0, data));
        int difference = Arrays.mismatch(der, expected);
        if (difference >= 0) {
            throw new CheckFailed(where + ", byte " + difference, "the one form of this signature", "another");
        }
    }

    private static byte[] join(byte[]... parts) {
        byte[] sequence = Der.of(Der.SEQUENCE, parts);
        return new Der(sequence, 0, sequence.length, "").content(Der.SEQUENCE);
    }

    private static X509Certificate certificate(byte[] encoded, String where) {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(encoded);
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (in.available() == 0 && Arrays.equals(certificate.getEncoded(), encoded)) {
                return certificate;
            }
        } catch (CertificateException e) {
            throw new CheckFailed(where, "one X.509 certificate", String.valueOf(e.getMessage()));
        }
        throw new CheckFailed(where, "one X.509 certificate", "more than one");
    }

    /** Requires that this is a signature over a content, by the key of the certificate that it carries. */
    public void verify(byte[] content) {
        Sha256 sha256 = Sha256.ofThread();
        sha256.update(content, content.length);
        if (!MessageDigest.isEqual(sha256.end(), digest)) {
            throw new CheckFailed(where, "the SHA-256 of manifest.json as message digest", "another one");
        }
        try {
            if (isSigned(certificate.getPublicKey(), Der.of(Der.SET, attributes), signature)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new CheckFailed(where, "an ECDSA signature by its certificate", String.valueOf(e.getMessage()));
        }
        throw new CheckFailed(where, "an ECDSA signature by its certificate", "one that does not verify");
    }

    static boolean isSigned(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
        if (!isDer(signature)) {
            return false;
        }
        Signature ecdsa = Signature.getInstance("SHA256withECDSA");
        ecdsa.initVerify(key);
        ecdsa.update(message);
        return ecdsa.verify(signature);
    }

    /** Whether a signature's numbers are spelled as DER has them: Java's own reader takes some without their leading zero. */
    private static boolean isDer(byte[] signature) {
        try {
            Der numbers = new Der(signature, 0, signature.length, "").enter(Der.SEQUENCE);
            byte[] r = shortest(numbers.content(Der.INTEGER));
            byte[] s = shortest(numbers.content(Der.INTEGER));
            return Arrays.equals(signature, Der.of(Der.SEQUENCE, Der.of(Der.INTEGER, r), Der.of(Der.INTEGER, s)));
        } catch (CheckFailed e) {
            return false;
        }
    }

    private static byte[] shortest(byte[] positive) {
        return new BigInteger(1, positive).toByteArray();
    }

    /** Requires that the certificate is the one that was given. */
    public void requireSigner(X509Certificate given) {
        try {
            if (!Arrays.equals(given.getEncoded(), encodedCertificate)) {
                throw new CheckFailed(where, "the certificate that was given", "another, of SHA-256 " + fingerprint());
            }
        } catch (CertificateEncodingException e) {
            throw new CheckFailed(where, "a certificate that can be encoded", String.valueOf(e.getMessage()));
        }
    }

    /** SHA-256 of the certificate, in hex. */
    public String fingerprint() {
        Sha256 sha256 = Sha256.ofThread();
        sha256.update(encodedCertificate, encodedCertificate.length);
        return HexFormat.of().formatHex(sha256.end());
    }
}
