package org.cartulary.compliance.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates that keys sign for themselves (X.509, RFC 5280). PKCS#12 and CMS want them; nobody's trust rests on them. What
 * they sign is DER and begins with 0x30 0x82, so that it is neither the text of a note nor what a cosigner signs.
 */
final class SelfSigned {
    /** "No well-defined expiration date" (RFC 5280, section 4.1.2.5). */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private static final int SERIAL_BITS = 127;

    private SelfSigned() {}

    static X509Certificate certificate(SigningKeyKind kind, KeyPair pair, Instant now) {
        try {
            X500Name name = new X500Name("CN=Cartulary log " + kind.alias());
            BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom());
            byte[] encoded = new JcaX509v3CertificateBuilder(
                            name, serial, Date.from(now), Date.from(END), name, pair.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .build(new JcaContentSignerBuilder(kind.signature()).build(pair.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("No certificate could be made for the key " + kind.alias(), e);
        }
    }
}
