package io.waybill.doors.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptKeysTest {

  /** RFC 8410, section 10.3, and the public key of section 10.1 that belongs to it. */
  private static final String PRIVATE =
      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";

  private static final String PUBLIC =
      "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

  @Test
  void a_private_key_brings_its_public_one() {
    KeyPair pair = ReceiptKeys.signing(PRIVATE);

    assertThat(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())).isEqualTo(PUBLIC);
    assertThat(ReceiptKeys.signing(pem("PRIVATE KEY", PRIVATE)).getPublic())
        .isEqualTo(pair.getPublic());
  }

  @Test
  void public_keys_come_bare_and_as_a_file_of_several() throws GeneralSecurityException {
    PublicKey other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    String second = Base64.getEncoder().encodeToString(other.getEncoded());
    PublicKey first = ReceiptKeys.signing(PRIVATE).getPublic();

    assertThat(ReceiptKeys.verifying(PUBLIC)).containsExactly(first);
    assertThat(ReceiptKeys.verifying(pem("PUBLIC KEY", PUBLIC) + "\n" + pem("PUBLIC KEY", second)))
        .containsExactly(first, other);
  }

  @Test
  void a_key_is_told_from_the_name_of_its_file() {
    assertThat(ReceiptKeys.isKey(PRIVATE)).isTrue();
    assertThat(ReceiptKeys.isKey(PUBLIC)).isTrue();
    assertThat(ReceiptKeys.isKey(pem("PUBLIC KEY", PUBLIC))).isTrue();
    assertThat(ReceiptKeys.isKey("/run/secrets/receipt-key.pem")).isFalse();
    assertThat(ReceiptKeys.isKey("MCfolder/key")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MC4CAQAwBQYDK2VwBCIEIsecret", PUBLIC, "no key", "\u00fc"})
  void what_is_no_private_key_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> ReceiptKeys.signing(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not one Ed25519 private key in PKCS#8")
        .hasNoCause();
  }

  @Test
  void two_private_keys_are_not_one() {
    assertThatThrownBy(
            () -> ReceiptKeys.signing(pem("PRIVATE KEY", PRIVATE) + pem("PRIVATE KEY", PRIVATE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_key_of_another_kind_is_refused() throws GeneralSecurityException {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPair longer = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
    for (KeyPair pair : new KeyPair[] {rsa, longer}) {
      assertThatThrownBy(() -> ReceiptKeys.signing(bare(pair.getPrivate().getEncoded())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ReceiptKeys.verifying(bare(pair.getPublic().getEncoded())))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_old_key_needs_nothing_private() {
    for (String text : new String[] {PRIVATE, pem("PRIVATE KEY", PRIVATE), "", "no key"}) {
      assertThatThrownBy(() -> ReceiptKeys.verifying(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("is not an Ed25519 public key (SubjectPublicKeyInfo)")
          .hasNoCause();
    }
  }

  private static String bare(byte[] der) {
    return Base64.getEncoder().encodeToString(der);
  }

  private static String pem(String label, String base64) {
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
