package io.waybill.doors.receipt;

import io.waybill.core.upload.ReceiptKeysAnswer.Jwk;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ed25519 keys as operators write them: PEM as OpenSSL makes it, or the Base64 between its lines.
 * What is refused is never repeated in the words of the refusal.
 */
public final class ReceiptKeys {

  /** How the Base64 of every Ed25519 private key begins (PKCS#8, RFC 8410). */
  private static final String PRIVATE = "MC4CAQAwBQYDK2Vw";

  /** How the Base64 of every Ed25519 public key begins (SubjectPublicKeyInfo, RFC 8410). */
  private static final String PUBLIC = "MCowBQYDK2VwAyEA";

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final int POINT_BYTES = 32;

  private ReceiptKeys() {}

  /** Whether a text is a key itself, rather than where one is. */
  public static boolean isKey(String text) {
    return text.startsWith("-----BEGIN ") || text.startsWith(PRIVATE) || text.startsWith(PUBLIC);
  }

  /**
   * The key that signs.
   *
   * @throws IllegalArgumentException when the text is not one Ed25519 private key
   */
  public static KeyPair signing(String text) {
    List<Block> blocks = blocks(text, "PRIVATE KEY");
    if (blocks.size() != 1 || !blocks.getFirst().label().equals("PRIVATE KEY")) {
      throw noPrivateKey();
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return factory.generatePrivate(new PKCS8EncodedKeySpec(blocks.getFirst().der()))
              instanceof EdECPrivateKey key
          ? pair(key)
          : refuse();
    } catch (GeneralSecurityException e) {
      throw noPrivateKey();
    }
  }

  private static KeyPair refuse() {
    throw noPrivateKey();
  }

  private static IllegalArgumentException noPrivateKey() {
    return new IllegalArgumentException("is not one Ed25519 private key in PKCS#8");
  }

  /** The JDK makes no public key of a private one, but it makes both of what they are made of. */
  private static KeyPair pair(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed = key.getBytes().orElseThrow(ReceiptKeys::noPrivateKey);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
    return generator.generateKeyPair();
  }

  /**
   * Keys that verify what was signed before.
   *
   * @throws IllegalArgumentException when there is anything else in the text, a private key above
   *     all: nobody needs that of a key that signs no more
   */
  public static List<PublicKey> verifying(String text) {
    List<Block> blocks = blocks(text, "PUBLIC KEY");
    if (blocks.isEmpty()
        || !blocks.stream().map(Block::label).allMatch(label -> label.equals("PUBLIC KEY"))) {
      throw noPublicKey();
    }
    return blocks.stream().map(ReceiptKeys::verifying).toList();
  }

  private static PublicKey verifying(Block block) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(block.der()));
    } catch (GeneralSecurityException e) {
      throw noPublicKey();
    }
  }

  private static IllegalArgumentException noPublicKey() {
    return new IllegalArgumentException("is not an Ed25519 public key (SubjectPublicKeyInfo)");
  }

  /** The key as the set of keys tells it. */
  static Jwk told(PublicKey key) {
    String x = Jose.base64url(point(key));
    return new Jwk("OKP", "Ed25519", Jose.thumbprint(x), "EdDSA", "sig", x);
  }

  /** Of an Ed25519 key, its encoding ends with its 32 bytes. */
  private static byte[] point(PublicKey key) {
    if (!(key instanceof EdECPublicKey)) {
      throw noPublicKey();
    }
    byte[] der = key.getEncoded();
    return Arrays.copyOfRange(der, der.length - POINT_BYTES, der.length);
  }

  /** What stands between two lines of a PEM file. */
  @SuppressWarnings("ArrayRecordComponent") // read once and never compared
  private record Block(String label, byte[] der) {}

  private static List<Block> blocks(String text, String bare) {
    Stream<Block> blocks =
        text.contains("-----BEGIN ")
            ? PEM.matcher(text).results().map(found -> block(found.group(1), found.group(2)))
            : Stream.of(block(bare, text));
    return blocks.toList();
  }

  private static Block block(String label, String base64) {
    try {
      return new Block(label, Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return new Block(label, new byte[0]);
    }
  }

  /** Gives what it was given, once: the seed of a key. */
  private static final class Given extends SecureRandom {
    private final byte[] seed;

    Given(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("a key of another size is made of it");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
