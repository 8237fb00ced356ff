package org.cartulary.compliance.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.DSAKCalculator;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Detached signatures as CMS SignedData (RFC 5652) in DER: SHA-256, ECDSA on P-256, the certificate, and of signed attributes
 * content type, signing time and message digest. What is signed decides every byte, and its time decides the length.
 */
final class DetachedCms {
    /** The length that half of all signatures have; with it the length of the whole is known before it is made. */
    private static final int SIGNATURE_BYTES = 71;

    private final PrivateKey key;
    private final X509Certificate certificate;

    DetachedCms(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    byte[] sign(byte[] content, Instant time) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            JcaX509CertificateHolder holder = new JcaX509CertificateHolder(certificate);
            generator.addSignerInfoGenerator(
                    new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .setSignedAttributeGenerator(parameters ->
                                    attributes(parameters.get(CMSAttributeTableGenerator.DIGEST), Date.from(time)))
                            .build(new Signer(PrivateKeyFactory.createKey(key.getEncoded())), holder));
            generator.addCertificate(holder);
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The manifest could not be signed as CMS", e);
        }
    }

    private static AttributeTable attributes(@Nullable Object digest, Date time) {
        if (!(digest instanceof byte[] bytes)) {
            throw new IllegalStateException("No digest was computed");
        }
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.contentType, new DERSet(CMSObjectIdentifiers.data)));
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(time))));
        attributes.add(new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString(bytes))));
        return new AttributeTable(attributes);
    }

    /** Signs with the first of the nonces of RFC 6979 that gives a signature of {@link #SIGNATURE_BYTES}. */
    private static final class Signer implements ContentSigner {
        private final AsymmetricKeyParameter key;
        private final ByteArrayOutputStream signed = new ByteArrayOutputStream();

        Signer(AsymmetricKeyParameter key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            signed.reset();
            return signed;
        }

        @Override
        public byte[] getSignature() {
            byte[] message = signed.toByteArray();
            for (int skipped = 0; ; skipped++) {
                DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(new Nonces(skipped)), new SHA256Digest());
                signer.init(true, key);
                signer.update(message, 0, message.length);
                byte[] signature = signer.generateSignature();
                if (signature.length == SIGNATURE_BYTES) {
                    return signature;
                }
            }
        }
    }

    /** The nonces of RFC 6979 without the first ones. */
    private static final class Nonces implements DSAKCalculator {
        private final HMacDSAKCalculator all = new HMacDSAKCalculator(new SHA256Digest());
        private final int skipped;

        Nonces(int skipped) {
            this.skipped = skipped;
        }

        @Override
        public boolean isDeterministic() {
            return true;
        }

        @Override
        public void init(BigInteger order, SecureRandom random) {
            throw new IllegalStateException("These nonces follow from key and message");
        }

        @Override
        public void init(BigInteger order, BigInteger key, byte[] message) {
            all.init(order, key, message);
            for (int i = 0; i < skipped; i++) {
                all.nextK();
            }
        }

        @Override
        public BigInteger nextK() {
            return all.nextK();
        }
    }
}
