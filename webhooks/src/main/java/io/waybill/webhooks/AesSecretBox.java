package io.waybill.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.webhook.SecretBox;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets under AES-256-GCM with the operator's key, each bound to its endpoint: {@code 1:<key
 * id>:<Base64 of nonce, ciphertext and tag>}. Keys of before open what they have sealed.
 */
public final class AesSecretBox implements SecretBox {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 4;
  private static final String VERSION = "1";

  private final SecureRandom random = new SecureRandom();
  private final List<Key> keys;

  private record Key(String id, SecretKey key) {}

  /**
   * A box.
   *
   * @param key the Base64 of 32 random bytes, with which secrets are sealed
   * @param oldKeys that have sealed before
   * @throws IllegalArgumentException when one of them is something else; it is not repeated
   */
  public AesSecretBox(String key, List<String> oldKeys) {
    List<Key> all = new ArrayList<>();
    all.add(read(key));
    oldKeys.forEach(old -> all.add(read(old)));
    this.keys = List.copyOf(all);
  }

  private static Key read(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not Base64", null);
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("is not the Base64 of " + KEY_BYTES + " bytes");
    }
    return new Key(idOf(bytes), new SecretKeySpec(bytes, "AES"));
  }

  private static String idOf(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String seal(UUID webhookEndpointId, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Key key = keys.getFirst();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, webhookEndpointId).doFinal(secret);
      ByteBuffer whole = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
      return VERSION + ":" + key.id() + ":" + Base64.getEncoder().encodeToString(whole.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret cannot be sealed", e);
    }
  }

  @Override
  public byte[] open(UUID webhookEndpointId, String sealed) {
    String[] parts = sealed.split(":", 3);
    if (parts.length < 3 || !parts[0].equals(VERSION)) {
      throw new IllegalStateException("a secret is sealed in a way that is not known here");
    }
    Key key =
        keys.stream()
            .filter(one -> one.id().equals(parts[1]))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a secret's key is not here"));
    byte[] whole = Base64.getDecoder().decode(parts[2]);
    byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, webhookEndpointId)
          .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret was sealed for another endpoint", e);
    }
  }

  private static Cipher cipher(int mode, Key key, byte[] nonce, UUID endpoint)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(endpoint.toString().getBytes(UTF_8));
    return cipher;
  }
}
