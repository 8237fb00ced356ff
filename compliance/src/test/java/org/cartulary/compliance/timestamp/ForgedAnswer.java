package org.cartulary.compliance.timestamp;

import java.io.Reader;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** An answer that is right in all but, perhaps, who signs it: tools that keep to the standard refuse to make one. */
final class ForgedAnswer {
    private ForgedAnswer() {}

    /** Signs with a key of an authority's desk that its CA certified for something. */
    static byte[] by(OpensslAuthority authority, String name, StampQuery query) throws Exception {
        X509CertificateHolder certificate = (X509CertificateHolder) parsed(authority, name + ".pem");
        PrivateKey key = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parsed(authority, name + ".key"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        AttributeTable signed = new AttributeTable(new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2(hash)))));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCertificates(new JcaCertStore(List.of(certificate)));
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(signed))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key), certificate));
        CMSProcessableByteArray content = new CMSProcessableByteArray(
                PKCSObjectIdentifiers.id_ct_TSTInfo, info(query).getEncoded("DER"));
        return new TimeStampResp(
                        new PKIStatusInfo(PKIStatus.granted),
                        generator.generate(content, true).toASN1Structure())
                .getEncoded();
    }

    private static TSTInfo info(StampQuery query) {
        return new TSTInfo(
                new ASN1ObjectIdentifier("1.2.3.4.1"),
                new MessageImprint(
                        query.request().getMessageImprintAlgID(),
                        query.request().getMessageImprintDigest()),
                new ASN1Integer(99),
                new ASN1GeneralizedTime(Date.from(Instant.now())),
                null,
                null,
                new ASN1Integer(query.request().getNonce()),
                null,
                null);
    }

    private static Object parsed(OpensslAuthority authority, String file) throws Exception {
        try (Reader reader = Files.newBufferedReader(authority.file(file));
                PEMParser parser = new PEMParser(reader)) {
            return parser.readObject();
        }
    }
}
