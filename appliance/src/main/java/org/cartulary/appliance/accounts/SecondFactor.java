package org.cartulary.appliance.accounts;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** Codes that an authenticator app shows: TOTP (RFC 6238) with SHA-1, six digits, 30 seconds, as every app knows them. */
final class SecondFactor {
    private static final int SECRET_BYTES = 20;
    private static final long STEP_SECONDS = 30;

    /** Clocks of phones go wrong by so many steps, to either side. */
    private static final int SKEW = 1;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TimeBasedOneTimePasswordGenerator CODES = new TimeBasedOneTimePasswordGenerator();

    private SecondFactor() {}

    static byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /** As people type it into an app. */
    static String text(byte[] secret) {
        return new String(Base32.encode(secret), StandardCharsets.US_ASCII);
    }

    /** As a QR code carries it into an app. */
    static String uri(byte[] secret, String issuer, String name) {
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(name) + "?secret=" + text(secret) + "&issuer="
                + encoded(issuer);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The step whose code this is.
     *
     * @param after only steps that come after it: a code counts once
     * @return empty where it is no code of this time
     */
    static OptionalLong step(byte[] secret, String code, Instant now, long after) {
        SecretKeySpec key = new SecretKeySpec(secret, CODES.getAlgorithm());
        long current = now.getEpochSecond() / STEP_SECONDS;
        long found = -1;
        // All are compared, so that the time taken does not tell which it was.
        for (long step = current - SKEW; step <= current + SKEW; step++) {
            if (same(codeOf(key, step), code) && step > after) {
                found = step;
            }
        }
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
    }

    static String codeOf(SecretKeySpec key, long step) {
        try {
            return CODES.generateOneTimePasswordString(key, Instant.ofEpochSecond(step * STEP_SECONDS));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A secret of ours is no key", e);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
