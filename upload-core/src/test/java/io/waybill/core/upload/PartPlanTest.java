package io.waybill.core.upload;

import static io.waybill.core.upload.PartPlan.DEFAULT_PART_BYTES;
import static io.waybill.core.upload.PartPlan.MAX_FILE_BYTES;
import static io.waybill.core.upload.PartPlan.MAX_PARTS;
import static io.waybill.core.upload.PartPlan.MAX_PART_BYTES;
import static io.waybill.core.upload.PartPlan.MIB;
import static io.waybill.core.upload.PartPlan.MIN_PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.FieldError;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cutting a file into parts: pure arithmetic, so most of it is said as properties. */
class PartPlanTest {

  private static final int SAMPLES = 5_000;

  /** Sizes of every magnitude, the edges included. */
  private static List<Long> sizes() {
    Random random = new Random(20260314);
    List<Long> edges =
        List.of(
            1L,
            MIN_PART_BYTES - 1,
            MIN_PART_BYTES,
            DEFAULT_PART_BYTES,
            DEFAULT_PART_BYTES + 1,
            DEFAULT_PART_BYTES * MAX_PARTS,
            DEFAULT_PART_BYTES * MAX_PARTS + 1,
            MAX_FILE_BYTES - 1,
            MAX_FILE_BYTES);
    return java.util.stream.Stream.concat(
            edges.stream(),
            java.util.stream.Stream.generate(
                    () -> 1 + (long) Math.exp(random.nextDouble() * Math.log(MAX_FILE_BYTES)))
                .limit(SAMPLES))
        .toList();
  }

  @Test
  void the_parts_cover_every_byte_once_in_order() {
    for (long size : sizes()) {
      PartPlan plan = PartPlan.automatic(size, DEFAULT_PART_BYTES);
      assertThat(plan.startOf(1)).isZero();
      assertThat(plan.endOf(plan.partCount())).isEqualTo(size);
      int middle = Math.max(1, plan.partCount() / 2);
      if (middle < plan.partCount()) {
        assertThat(plan.endOf(middle)).isEqualTo(plan.startOf(middle + 1));
        assertThat(plan.sizeOf(middle)).isEqualTo(plan.partSizeBytes());
      }
      assertThat(plan.sizeOf(plan.partCount())).isBetween(1L, plan.partSizeBytes());
    }
  }

  @Test
  void an_automatic_part_is_the_smallest_mebibyte_multiple_that_policy_and_part_count_allow() {
    for (long size : sizes()) {
      PartPlan plan = PartPlan.automatic(size, DEFAULT_PART_BYTES);
      long part = plan.partSizeBytes();
      assertThat(part % MIB).isZero();
      assertThat(part).isBetween(DEFAULT_PART_BYTES, MAX_PART_BYTES);
      assertThat(plan.partCount()).isBetween(1, MAX_PARTS);
      boolean smallerWouldDo =
          part - MIB >= DEFAULT_PART_BYTES && Math.ceilDiv(size, part - MIB) <= MAX_PARTS;
      assertThat(smallerWouldDo).as("size %d, part %d", size, part).isFalse();
    }
  }

  @Test
  void a_policy_default_that_is_no_mebibyte_multiple_is_rounded_up() {
    assertThat(PartPlan.automatic(MIB * 100, MIN_PART_BYTES + 1).partSizeBytes())
        .isEqualTo(6 * MIB);
  }

  @Test
  void the_largest_file_has_ten_thousand_parts_of_five_gibibytes() {
    PartPlan plan = PartPlan.automatic(MAX_FILE_BYTES, DEFAULT_PART_BYTES);
    assertThat(plan.partCount()).isEqualTo(10_000);
    assertThat(plan.partSizeBytes()).isEqualTo(MAX_PART_BYTES);
    assertThat(plan.startOf(10_000)).isEqualTo(MAX_FILE_BYTES - MAX_PART_BYTES);
  }

  @Test
  void the_plan_knows_its_own_parts_only() {
    PartPlan plan = new PartPlan(10 * MIB, 4 * MIB);
    assertThat(plan.has(0)).isFalse();
    assertThat(plan.has(1)).isTrue();
    assertThat(plan.has(3)).isTrue();
    assertThat(plan.has(4)).isFalse();
    assertThat(plan.has(-1)).isFalse();
  }

  @Test
  void a_requested_part_size_is_refused_with_its_reason_and_never_changed() {
    assertThat(codes(MIB, MIN_PART_BYTES - 1)).containsExactly("upload.part_size_too_small");
    assertThat(codes(MIB, MIN_PART_BYTES + 1)).isEmpty();
    assertThat(codes(MIB, MAX_PART_BYTES + MIB)).containsExactly("upload.part_size_too_large");
    assertThat(codes(MIN_PART_BYTES * MAX_PARTS + 1, MIN_PART_BYTES))
        .containsExactly("upload.too_many_parts");
    assertThat(codes(MIN_PART_BYTES * MAX_PARTS, MIN_PART_BYTES)).isEmpty();
    assertThat(codes(MIB, MAX_PART_BYTES)).isEmpty();
  }

  @Test
  void too_many_parts_says_which_size_would_do() {
    long size = MIN_PART_BYTES * MAX_PARTS * 3;
    FieldError error = PartPlan.check("", size, MIN_PART_BYTES, MAX_FILE_BYTES).getFirst();
    assertThat(error.message()).endsWith(Long.toString(15 * MIB));
    assertThat(codes(size, 15 * MIB)).isEmpty();
  }

  @Test
  void an_empty_and_an_enormous_file_are_refused_with_a_bad_part_size_in_one_go() {
    assertThat(codes(0, null)).containsExactly("upload.empty_file");
    assertThat(codes(-1, null)).containsExactly("upload.empty_file");
    assertThat(codes(MAX_FILE_BYTES + 1, null)).containsExactly("upload.file_too_large");
    assertThat(codes(MAX_FILE_BYTES, null)).isEmpty();
    assertThat(codes(0, 1L)).containsExactly("upload.empty_file", "upload.part_size_too_small");
  }

  @Test
  void a_plan_of_nothing_cannot_exist() {
    assertThatThrownBy(() -> new PartPlan(0, MIB)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PartPlan(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ranges_are_written_as_short_as_they_can_be() {
    assertThat(PartsAnswer.rangesOf(List.of())).isEmpty();
    assertThat(PartsAnswer.rangesOf(List.of(7))).isEqualTo("7");
    assertThat(PartsAnswer.rangesOf(List.of(1, 2, 3, 43))).isEqualTo("1-3,43");
    assertThat(PartsAnswer.rangesOf(List.of(1, 3, 4, 6))).isEqualTo("1,3-4,6");
  }

  private static List<String> codes(long fileSize, @Nullable Long partSize) {
    return PartPlan.check("objects[0].", fileSize, partSize, MAX_FILE_BYTES).stream()
        .map(FieldError::code)
        .toList();
  }
}
