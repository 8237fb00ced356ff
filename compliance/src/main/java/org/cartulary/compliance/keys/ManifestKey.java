package org.cartulary.compliance.keys;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * The ECDSA key on P-256 that signs the manifests of bundles, with its self-signed certificate: what CMS wants.
 *
 * @param key never to be written anywhere
 */
public record ManifestKey(PrivateKey key, X509Certificate certificate) {
    @Override
    public String toString() {
        return "ManifestKey[" + certificate.getSerialNumber().toString(16) + "]";
    }
}
