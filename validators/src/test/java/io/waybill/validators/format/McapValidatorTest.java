package io.waybill.validators.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.Looks;
import io.waybill.validators.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class McapValidatorTest {

  private static final McapValidator MCAP = new McapValidator();

  @Test
  void the_demo_recording_passes_with_its_topics() throws IOException {
    Judgement judgement = Looks.at(MCAP, demo());

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.status()).isEqualTo(ValidationStatus.PASSED);
    assertThat(judgement.extracted())
        .containsEntry("messages", 33_066L)
        .containsEntry("chunks", 11L)
        .containsEntry("chunksOutOfOrder", 0L)
        .containsEntry("start", "2026-01-01T00:00:00Z");
    assertThat(judgement.extracted().get("topics"))
        .asString()
        .contains("/joint_states", "waybill.JointState", "messages=33000", "/motor_temperature");
  }

  @Test
  void a_recording_that_was_cut_off_anywhere_fails() throws IOException {
    byte[] demo = demo();
    for (int length : new int[] {0, 5, 8, 20, 40, 4096, demo.length / 2, demo.length - 1}) {
      Judgement judgement = Looks.at(MCAP, Arrays.copyOf(demo, length));
      assertThat(judgement.status()).as("%d bytes", length).isEqualTo(ValidationStatus.FAILED);
      assertThat(judgement.errors()).isNotEmpty().allMatch(error -> error.startsWith("at byte "));
    }
  }

  @Test
  void a_summary_with_other_bytes_than_were_summed_fails() throws IOException {
    byte[] demo = demo();
    int at = new String(demo, ISO_8859_1).lastIndexOf("/motor");
    demo[at + 1] = 'M';

    assertThat(Looks.at(MCAP, demo).errors()).singleElement().asString().contains("checksum");
  }

  @Test
  void a_thousand_million_channels_are_not_believed() {
    byte[] statistics =
        Sample.little()
            .u64(0)
            .u16(0)
            .u32(1_000_000_000)
            .u32(0)
            .u32(0)
            .u32(0)
            .u64(0)
            .u64(0)
            .u32(0)
            .bytes();

    Judgement judgement = Looks.at(MCAP, withSummary(0x0B, statistics.length, statistics));

    assertThat(judgement.status()).isEqualTo(ValidationStatus.FAILED);
    assertThat(judgement.errors().toString()).contains("claims 1000000000 channels");
  }

  @Test
  void a_record_longer_than_the_file_is_not_read() {
    Judgement judgement = Looks.at(MCAP, withSummary(0x03, Long.MAX_VALUE, new byte[9]));

    assertThat(judgement.errors().toString()).contains("does not fit");
  }

  @Test
  void a_recording_without_a_summary_passes_and_says_so() {
    byte[] head = head().bytes();
    byte[] file = Sample.little().raw(head).raw(footer(0)).bytes();

    Judgement judgement = Looks.at(MCAP, file);

    assertThat(judgement.status()).isEqualTo(ValidationStatus.PASSED);
    assertThat(judgement.extracted())
        .containsAllEntriesOf(Map.of("summary", false, "library", "by hand"));
  }

  private static byte[] withSummary(int opcode, long length, byte[] body) {
    Sample file = head();
    int summary = file.size();
    return file.u8(opcode).u64(length).raw(body).raw(footer(summary)).bytes();
  }

  private static Sample head() {
    byte[] header = Sample.little().text("ros2").text("by hand").bytes();
    return Sample.little().latin(McapValidator.MAGIC).u8(1).u64(header.length).raw(header);
  }

  private static byte[] footer(int summary) {
    return Sample.little()
        .u8(2)
        .u64(20)
        .u64(summary)
        .u64(0)
        .u32(0)
        .latin(McapValidator.MAGIC)
        .bytes();
  }

  private static byte[] demo() throws IOException {
    return Files.readAllBytes(Path.of("..", "seeds", "robot-run-42.mcap"));
  }
}
