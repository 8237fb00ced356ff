package org.cartulary.compliance.timestamp;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPUtil;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;

/**
 * What a TimeStampResp must be: granted; about the checkpoint that was asked about, and the answer to that very question;
 * signed by a certificate whose one purpose is time-stamping, certified by a trusted authority. Immutable.
 */
final class StampVerifier {
    /** Longest answer, in bytes: a token with its certificates has a few thousand. */
    static final int MAX_BYTES = 1 << 16;

    private final TrustedAuthority authority;

    StampVerifier(TrustedAuthority authority) {
        this.authority = authority;
    }

    /**
     * SHA-256 over which an answer has a token; not verified.
     *
     * @throws StampRefused where it has none
     */
    static byte[] imprintOf(byte[] answer) {
        return wellFormed(() -> token(response(answer)).getTimeStampInfo().getMessageImprintDigest());
    }

    /** What is not well-formed is met by the library with whatever exception comes first. */
    private static <T> T wellFormed(Supplier<T> step) {
        try {
            return step.get();
        } catch (StampRefused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StampRefused("it is no well-formed TimeStampResp (RFC 3161)", e);
        }
    }

    /**
     * The stamp that an answer to a question is.
     *
     * @throws StampRefused where it is none
     */
    Stamp verified(StampQuery query, byte[] answer) {
        return wellFormed(() -> check(query, answer));
    }

    private Stamp check(StampQuery query, byte[] answer) {
        TimeStampResponse response = response(answer);
        TimeStampToken token = token(response);
        try {
            response.validate(query.request());
        } catch (TSPException e) {
            throw new StampRefused("it is no answer to what was asked: " + e.getMessage(), e);
        }
        Instant time = token.getTimeStampInfo().getGenTime().toInstant();
        requireSigned(token, time);
        try {
            return new Stamp(query.shard(), query.size(), time, token.getEncoded());
        } catch (IOException e) {
            throw new StampRefused("its token cannot be written", e);
        }
    }

    private static TimeStampResponse response(byte[] answer) {
        if (answer.length > MAX_BYTES) {
            throw new StampRefused("it is longer than " + MAX_BYTES + " bytes");
        }
        try {
            return new TimeStampResponse(answer);
        } catch (TSPException | IOException e) {
            throw new StampRefused("it is no TimeStampResp (RFC 3161)", e);
        }
    }

    private static TimeStampToken token(TimeStampResponse response) {
        TimeStampToken token = response.getTimeStampToken();
        int status = response.getStatus();
        if ((status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) || token == null) {
            throw new StampRefused("the authority grants nothing: status " + status + said(response.getStatusString()));
        }
        return token;
    }

    private static String said(@Nullable String words) {
        return words == null || words.isBlank() ? "" : ", " + words.strip();
    }

    private void requireSigned(TimeStampToken token, Instant time) {
        X509CertificateHolder signer = token.getCertificates().getMatches(null).stream()
                .filter(token.getSID()::match)
                .findFirst()
                .orElseThrow(() -> new StampRefused("it does not carry the certificate that signed it"));
        try {
            TSPUtil.validateCertificate(signer); // its one purpose is time-stamping, and that is critical
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
            authority.requireCertified(certificate(signer), carried(token), time);
        } catch (TSPException | OperatorCreationException | CertificateException e) {
            throw new StampRefused("its signature does not hold: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> carried(TimeStampToken token) throws CertificateException {
        List<X509Certificate> carried = new ArrayList<>();
        for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
            carried.add(certificate(holder));
        }
        return carried;
    }

    private static X509Certificate certificate(X509CertificateHolder holder) throws CertificateException {
        return new JcaX509CertificateConverter().getCertificate(holder);
    }
}
