package io.waybill.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.StoredPart;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartListTest {

  @Test
  void it_is_the_hash_of_one_line_for_each_part_in_their_order() {
    // printf '1:"a":5242880\n2:"ü":7\n' | sha256sum
    assertThat(PartList.sha256(List.of(part(2, "\"ü\"", 7), part(1, "\"a\"", 5_242_880))))
        .isEqualTo("92b90ae76bcb700ff0523c3502155e042f2a9b763501cb5b511ed0b129fc4d50");
  }

  @Test
  void another_etag_another_size_or_another_number_is_another_hash() {
    assertThat(
            List.of(part(1, "a", 7), part(1, "b", 7), part(1, "a", 8), part(2, "a", 7)).stream()
                .map(part -> PartList.sha256(List.of(part)))
                .distinct())
        .hasSize(4);
  }

  @Test
  void of_no_parts_there_is_none() {
    assertThat(PartList.sha256(List.of())).isNull();
  }

  private static StoredPart part(int number, String etag, long sizeBytes) {
    return new StoredPart(number, etag, sizeBytes, Instant.EPOCH);
  }
}
