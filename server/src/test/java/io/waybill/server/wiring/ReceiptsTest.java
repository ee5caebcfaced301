package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.upload.ReceiptKeysAnswer.Jwk;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {

  @TempDir Path folder;

  private final KeyPair key = newKey();
  private final KeyPair old = newKey();
  private Path privateFile = Path.of("");
  private Path oldFile = Path.of("");

  @BeforeEach
  void write() throws IOException {
    privateFile =
        Files.writeString(
            folder.resolve("receipt-key.pem"), pem("PRIVATE KEY", key.getPrivate().getEncoded()));
    oldFile =
        Files.writeString(
            folder.resolve("old.pem"), pem("PUBLIC KEY", old.getPublic().getEncoded()));
  }

  @Test
  void a_developers_machine_signs_with_the_published_key() {
    assertThat(keys(Map.of())).hasSize(1).isEqualTo(keys(Map.of()));
  }

  @Test
  void a_key_is_a_file_its_text_or_the_base64_in_it() throws IOException {
    List<Jwk> ofFile = keys(Map.of("WAYBILL_RECEIPT_KEY", privateFile.toString()));

    assertThat(keys(Map.of("WAYBILL_RECEIPT_KEY", Files.readString(privateFile))))
        .isEqualTo(ofFile);
    assertThat(keys(Map.of("WAYBILL_RECEIPT_KEY", base64(key.getPrivate().getEncoded()))))
        .isEqualTo(ofFile)
        .isNotEqualTo(keys(Map.of()));
  }

  @Test
  void old_keys_are_told_behind_the_current_one() {
    KeyPair older = newKey();
    List<Jwk> told =
        keys(
            Map.of(
                "WAYBILL_RECEIPT_KEY",
                privateFile.toString(),
                "WAYBILL_RECEIPT_OLD_KEYS",
                oldFile + ", " + base64(older.getPublic().getEncoded())));

    assertThat(told).extracting(Jwk::x).containsExactly(x(key), x(old), x(older));
  }

  @Test
  void what_is_no_key_is_refused_by_the_name_of_its_setting_and_not_repeated() throws IOException {
    Path secret = Files.writeString(folder.resolve("planted"), "planted secret");

    assertFails("WAYBILL_RECEIPT_KEY", "planted secret", "neither an Ed25519 key nor a file");
    assertFails("WAYBILL_RECEIPT_KEY", secret.toString(), "is not one Ed25519 private key");
    assertFails("WAYBILL_RECEIPT_KEY", oldFile.toString(), "is not one Ed25519 private key");
    assertFails("WAYBILL_RECEIPT_OLD_KEYS", privateFile.toString(), "is not an Ed25519 public key");
    assertFails("WAYBILL_RECEIPT_ISSUER", "planted".repeat(40), "more than 255 characters");
  }

  private void assertFails(String variable, String value, String why) {
    assertThatThrownBy(() -> keys(Map.of(variable, value)))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("planted", base64(key.getPrivate().getEncoded()));
  }

  private List<Jwk> keys(Map<String, String> environment) {
    return Receipts.of(Configuration.load(environment, folder)).keys();
  }

  private static String x(KeyPair pair) {
    byte[] der = pair.getPublic().getEncoded();
    byte[] point = java.util.Arrays.copyOfRange(der, der.length - 32, der.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(point);
  }

  private static String base64(byte[] der) {
    return Base64.getEncoder().encodeToString(der);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64(der), label);
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has Ed25519", e);
    }
  }
}
