package org.cartulary.compliance.keys;

import javax.crypto.SecretKey;

/**
 * A key for one document or one record, durable before it was handed out.
 *
 * @param id never used for another key, even after this one is destroyed
 * @param key AES-256
 */
public record DataKey(long id, SecretKey key) {}
