package io.waybill.core.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.ResumeUpload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Equal requests write equal fingerprints; different ones never do. */
class FingerprintTest {

  private static String of(@Nullable Object... values) {
    Fingerprint print = Fingerprint.of(PauseUpload.REMEMBERED);
    for (Object value : values) {
      print.add(value);
    }
    return print.hex();
  }

  @Test
  void the_order_of_a_map_does_not_matter() {
    Map<String, Object> forwards = new LinkedHashMap<>();
    forwards.put("a", 1);
    forwards.put("b", List.of("x"));
    Map<String, Object> backwards = new LinkedHashMap<>();
    backwards.put("b", List.of("x"));
    backwards.put("a", 1);
    assertThat(of(forwards)).isEqualTo(of(backwards));
  }

  @Test
  void a_number_is_the_same_however_wide_its_java_type() {
    assertThat(of(5)).isEqualTo(of(5L));
  }

  @Test
  void neighbours_that_look_alike_differ() {
    List<String> prints =
        Stream.of(
                of("ab", "c"),
                of("a", "bc"),
                of("abc"),
                of("abc", null),
                of(null, "abc"),
                of(List.of("a", "b"), "c"),
                of(List.of("a"), "b", "c"),
                of(Map.of("a", "b")),
                of(List.of("a", "b")),
                of("5"),
                of(5),
                of(true),
                of("true"),
                of(""),
                of((Object) null),
                of(Map.of()),
                of(List.of()))
            .toList();
    assertThat(prints).doesNotHaveDuplicates();
  }

  @Test
  void the_same_request_to_another_use_case_differs() {
    UUID session = new UUID(0, 1);
    assertThat(Fingerprint.of(PauseUpload.REMEMBERED).add(session).hex())
        .isNotEqualTo(Fingerprint.of(ResumeUpload.REMEMBERED).add(session).hex());
  }
}
