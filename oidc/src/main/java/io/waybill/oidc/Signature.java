package io.waybill.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The signature of a token: what its header says of it, what was signed, and the signature itself.
 * Of the header only the algorithm and the key's name count, and the key decides whether the
 * algorithm fits; keys that a token brings along, or says where to find, are not looked at.
 */
record Signature(JWSHeader header, String signed, Base64URL bytes) {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
  private static final int LEAST_RSA_BITS = 2048;
  private static final int ED25519_BYTES = 32;

  boolean hasKnownAlgorithm() {
    return ALGORITHMS.contains(header.getAlgorithm())
        && header.getCriticalParams() == null
        && header.isBase64URLEncodePayload();
  }

  /** The one key that it can be of: that of its name; without a name, the only one that fits. */
  Optional<JWK> pick(List<JWK> keys) {
    List<JWK> fitting =
        keys.stream()
            .filter(this::fits)
            .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
            .toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  private boolean fits(JWK key) {
    JWSAlgorithm algorithm = header.getAlgorithm();
    boolean isMeantForIt =
        (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
            && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
    return isMeantForIt
        && switch (key) {
          case RSAKey rsa ->
              algorithm.equals(JWSAlgorithm.RS256)
                  && rsa.getModulus().decodeToBigInteger().bitLength() >= LEAST_RSA_BITS;
          case ECKey ec ->
              algorithm.equals(JWSAlgorithm.ES256) && ec.getCurve().equals(Curve.P_256);
          case OctetKeyPair edwards ->
              algorithm.equals(JWSAlgorithm.EdDSA) && edwards.getCurve().equals(Curve.Ed25519);
          default -> false;
        };
  }

  boolean isOf(JWK key) {
    byte[] input = signed.getBytes(StandardCharsets.US_ASCII);
    try {
      return switch (key) {
        case RSAKey rsa -> new RSASSAVerifier(rsa).verify(header, input, bytes);
        case ECKey ec -> new ECDSAVerifier(ec).verify(header, input, bytes);
        case OctetKeyPair edwards -> isOf(edwards, input);
        default -> false;
      };
    } catch (JOSEException | GeneralSecurityException e) {
      return false;
    }
  }

  /** With the JDK: the library would want another one for it. */
  private boolean isOf(OctetKeyPair key, byte[] input) throws GeneralSecurityException {
    java.security.Signature ed25519 = java.security.Signature.getInstance("Ed25519");
    ed25519.initVerify(publicKey(key.getX().decode()));
    ed25519.update(input);
    return ed25519.verify(bytes.decode());
  }

  /** RFC 8032: y, little-endian, with the sign of x in its last bit. */
  private static PublicKey publicKey(byte[] x) throws GeneralSecurityException {
    if (x.length != ED25519_BYTES) {
      throw new GeneralSecurityException("no key of Ed25519");
    }
    byte[] y = new byte[ED25519_BYTES];
    for (int i = 0; i < ED25519_BYTES; i++) {
      y[i] = x[ED25519_BYTES - 1 - i];
    }
    boolean isOdd = (y[0] & 0x80) != 0;
    y[0] &= 0x7f;
    EdECPoint point = new EdECPoint(isOdd, new BigInteger(1, y));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
