package org.cartulary.compliance.timestamp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.cartulary.compliance.tlog.Checkpoint;

/** What an authority is asked: a TimeStampReq over SHA-256 of a checkpoint's text, with a nonce, and for its certificate. */
final class StampQuery {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BITS = 64;

    private final int shard;
    private final long size;
    private final TimeStampRequest request;

    private StampQuery(int shard, long size, TimeStampRequest request) {
        this.shard = shard;
        this.size = size;
        this.request = request;
    }

    /** A new question about a checkpoint. */
    static StampQuery about(int shard, Checkpoint checkpoint) {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        BigInteger nonce = new BigInteger(NONCE_BITS, RANDOM).setBit(NONCE_BITS);
        return new StampQuery(
                shard, checkpoint.size(), generator.generate(TSPAlgorithms.SHA256, imprint(checkpoint), nonce));
    }

    /** One that was asked before. */
    static StampQuery read(int shard, long size, byte[] der) {
        try {
            return new StampQuery(shard, size, new TimeStampRequest(der));
        } catch (IOException e) {
            throw new UncheckedIOException("A stored question to the time-stamping authority cannot be read", e);
        }
    }

    private static byte[] imprint(Checkpoint checkpoint) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(checkpoint.text().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    int shard() {
        return shard;
    }

    /** Entries of the checkpoint. */
    long size() {
        return size;
    }

    TimeStampRequest request() {
        return request;
    }

    boolean isAbout(byte[] imprint) {
        return Arrays.equals(request.getMessageImprintDigest(), imprint);
    }

    /** In DER, as it is sent or carried. */
    byte[] der() {
        try {
            return request.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
