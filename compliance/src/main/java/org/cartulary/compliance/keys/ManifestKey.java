package org.cartulary.compliance.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The ECDSA key on P-256 that signs the manifests of bundles, with its self-signed certificate: what CMS wants.
 *
 * @param key never to be written anywhere
 */
public record ManifestKey(PrivateKey key, X509Certificate certificate) {
    /**
     * A detached CMS SignedData (RFC 5652) over a content, in DER. The same content at the same time gives the same bytes, and
     * any content of a second as many.
     */
    public byte[] sign(byte[] content, Instant time) {
        return new DetachedCms(key, certificate).sign(content, time);
    }

    /** SHA-256 of the certificate in hexadecimal digits: what stands in the log. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /** The certificate as a PEM file has it. */
    public String pem() {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    private byte[] encoded() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("The certificate of the manifest key cannot be encoded", e);
        }
    }

    @Override
    public String toString() {
        return "ManifestKey[" + certificate.getSerialNumber().toString(16) + "]";
    }
}
