package io.waybill.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link AesSecretBox}. */
class AesSecretBoxTest {
  private static final String FIRST = key('a');
  private static final String SECOND = key('b');
  private static final UUID ENDPOINT = new UUID(1, 2);
  private static final byte[] SECRET = "what we sign with".getBytes(UTF_8);

  private final AesSecretBox box = new AesSecretBox(FIRST, List.of());

  @Test
  void what_was_sealed_is_opened_and_never_looks_the_same() {
    String sealed = box.seal(ENDPOINT, SECRET);

    assertThat(box.open(ENDPOINT, sealed)).isEqualTo(SECRET);
    assertThat(box.seal(ENDPOINT, SECRET)).isNotEqualTo(sealed);
    assertThat(sealed).doesNotContain(Base64.getEncoder().encodeToString(SECRET));
  }

  @Test
  void it_opens_for_its_own_endpoint_only_and_not_after_a_bit_was_changed() {
    String sealed = box.seal(ENDPOINT, SECRET);
    char last = sealed.charAt(sealed.length() - 3);
    String other =
        sealed.substring(0, sealed.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + sealed.substring(sealed.length() - 2);

    assertThatThrownBy(() -> box.open(new UUID(1, 3), sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open(ENDPOINT, other)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open(ENDPOINT, "nothing"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_key_of_before_opens_what_it_has_sealed() {
    String sealed = box.seal(ENDPOINT, SECRET);
    AesSecretBox changed = new AesSecretBox(SECOND, List.of(FIRST));

    assertThat(changed.open(ENDPOINT, sealed)).isEqualTo(SECRET);
    assertThat(new AesSecretBox(SECOND, List.of()).seal(ENDPOINT, SECRET))
        .satisfies(newer -> assertThat(changed.open(ENDPOINT, newer)).isEqualTo(SECRET));
    assertThatThrownBy(() -> new AesSecretBox(SECOND, List.of()).open(ENDPOINT, sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void what_is_no_key_is_refused_and_not_repeated() {
    assertThatThrownBy(() -> new AesSecretBox("not base64!", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("not base64!");
    assertThatThrownBy(() -> new AesSecretBox("c2hvcnQ=", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String key(char of) {
    return Base64.getEncoder().encodeToString(String.valueOf(of).repeat(32).getBytes(UTF_8));
  }
}
