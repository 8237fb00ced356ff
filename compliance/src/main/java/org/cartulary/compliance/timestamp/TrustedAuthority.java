package org.cartulary.compliance.timestamp;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The authorities that may certify who stamps, from a file that the operator gives. Immutable. */
public final class TrustedAuthority {
    /** Longest file of certificates, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private final Set<TrustAnchor> anchors;

    private TrustedAuthority(Set<TrustAnchor> anchors) {
        this.anchors = anchors;
    }

    /**
     * Reads certificates, in PEM one after the other or one in DER.
     *
     * @throws IllegalArgumentException where it is something else, or one of them may certify nobody
     */
    public static TrustedAuthority read(byte[] file) {
        List<X509Certificate> certificates;
        try {
            certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(file))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("it holds no X.509 certificates: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("it holds no X.509 certificate");
        }
        for (X509Certificate certificate : certificates) {
            if (certificate.getBasicConstraints() < 0) {
                throw new IllegalArgumentException("the certificate of " + certificate.getSubjectX500Principal()
                        + " is none of a certification authority: give that of the authority that certified the"
                        + " time-stamping service");
            }
        }
        return new TrustedAuthority(certificates.stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Requires that one of these certified, directly or by others in between, who signed at a time.
     *
     * @throws StampRefused where none did
     */
    void requireCertified(X509Certificate signer, Collection<X509Certificate> between, Instant time) {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(signer);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
            parameters.setRevocationEnabled(false); // in a closed network there is nobody to ask
            parameters.setDate(Date.from(time));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            throw new StampRefused(
                    "it is signed by " + signer.getSubjectX500Principal()
                            + ", whom no authority of cartulary.evidence.timestamp-certificate certified for "
                            + time,
                    e);
        }
    }
}
