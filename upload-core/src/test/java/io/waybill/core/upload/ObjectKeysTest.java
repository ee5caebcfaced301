package io.waybill.core.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A client's name is only the last, tamed word of a key. */
class ObjectKeysTest {

  @Test
  void a_key_says_whose_it_is_and_of_which_day_in_utc() {
    Owner owner = new Owner(id(1), id(2), id(3), id(4), id(5), null);
    String key =
        ObjectKeys.keyOf(owner, id(6), Instant.parse("2026-03-14T23:59:59.9Z"), "a/b/run 7.mcap");
    assertThat(key)
        .isEqualTo(
            "tenants/%s/projects/%s/datasets/%s/2026/03/14/%s/run_7.mcap"
                .formatted(id(1), id(2), id(3), id(6)));
  }

  private static UUID id(long n) {
    return new UUID(0, n);
  }

  @Test
  void a_name_loses_its_directories() {
    assertThat(ObjectKeys.safeName("../../etc/passwd")).isEqualTo("passwd");
    assertThat(ObjectKeys.safeName("C:\\data\\run.bag")).isEqualTo("run.bag");
  }

  @Test
  void a_name_keeps_letters_of_every_script_and_digits() {
    assertThat(ObjectKeys.safeName("Prüfstand_3-Ω.mcap")).isEqualTo("Prüfstand_3-Ω.mcap");
    assertThat(ObjectKeys.safeName("測定01.bin")).isEqualTo("測定01.bin");
  }

  @Test
  void everything_else_becomes_an_underscore() {
    assertThat(ObjectKeys.safeName("a b?c&d=e%2f.mcap")).isEqualTo("a_b_c_d_e_2f.mcap");
    assertThat(ObjectKeys.safeName("a\u0000b\n.mcap")).isEqualTo("a_b_.mcap");
    assertThat(ObjectKeys.safeName("lone\ud800surrogate")).isEqualTo("lone_surrogate");
  }

  @Test
  void a_decomposed_letter_is_the_same_name_as_its_composed_one() {
    assertThat(ObjectKeys.safeName("Gru\u0308n.bin")).isEqualTo("Grün.bin");
  }

  @Test
  void nothing_left_is_upload_bin() {
    for (String name : new String[] {"", "/", "..", ".", "dir/", "???", "___", "- -"}) {
      assertThat(ObjectKeys.safeName(name)).as(name).isEqualTo("upload.bin");
    }
  }

  @Test
  void a_long_name_is_cut_to_120_bytes_and_keeps_its_extension() {
    String safe = ObjectKeys.safeName("ü".repeat(300) + ".mcap");
    assertThat(safe).endsWith("ü.mcap");
    assertThat(safe.getBytes(UTF_8).length).isBetween(119, 120);
  }

  @Test
  void an_extension_that_is_half_the_name_is_no_extension() {
    assertThat(ObjectKeys.safeName("run." + "x".repeat(300))).hasSize(120).startsWith("run.xxx");
  }

  @Test
  void every_name_of_random_characters_is_short_safe_normal_and_stable() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      String name =
          random
              .ints(random.nextInt(200), 0, 0x1_1000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String safe = ObjectKeys.safeName(name);
      assertThat(safe.getBytes(UTF_8).length).isBetween(1, 120);
      assertThat(safe.codePoints())
          .allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
      assertThat(Normalizer.isNormalized(safe, Normalizer.Form.NFC)).isTrue();
      assertThat(ObjectKeys.safeName(safe)).isEqualTo(safe);
    }
  }
}
