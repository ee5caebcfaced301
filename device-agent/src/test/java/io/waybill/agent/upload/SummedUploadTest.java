package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.Manifest;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.upload.UploadEnd.Outcome;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of which the store checks a sum of every part. */
@Timeout(60)
class SummedUploadTest {
  private static final String HEADER = "x-amz-checksum-crc32c";

  @TempDir Path directory;
  private RunStage stage;

  @BeforeEach
  void stage() throws IOException {
    stage = new RunStage(directory);
    stage.server.wants("CRC32C");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void the_sum_of_every_part_is_told_before_its_url_is_signed_and_sent_with_it() throws Exception {
    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);

    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(told()).isEqualTo(sums());
    assertThat(stage.store.requests())
        .hasSize(RunStage.PARTS)
        .allSatisfy(
            head -> assertThat(head.lines()).contains(HEADER + ": " + sums().get(part(head))));
  }

  @Test
  void a_part_whose_bytes_arrived_otherwise_is_read_and_summed_again() throws Exception {
    stage.store.script((session, part, attempt) ->
        part == 3 && attempt == 1 ? Fate.answer(400, "BadDigest") : Fate.TAKE);

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(
            stage.server.asked(Command.PresignParts.class).stream()
                .filter(asked -> asked.checksums().containsKey(3)))
        .hasSize(2);
  }

  @Test
  void a_run_after_a_killed_one_knows_that_sums_are_wanted() throws Exception {
    Manifest left = stage.stopAfter(4, false);

    assertThat(stage.run(left).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
  }

  @Test
  void a_sum_that_this_agent_does_not_make_ends_the_upload_and_is_named() throws Exception {
    stage.server.wants("SHA512");

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isNotEqualTo(Outcome.DONE);
    assertThat(end.manifest().files().getFirst().reason()).contains("SHA512");
  }

  private Map<Integer, String> told() {
    Map<Integer, String> told = new HashMap<>();
    stage.server.asked(Command.PresignParts.class).forEach(asked -> told.putAll(asked.checksums()));
    return told;
  }

  private Map<Integer, String> sums() {
    Map<Integer, String> sums = new HashMap<>();
    for (int part = 1; part <= RunStage.PARTS; part++) {
      int from = (part - 1) * RunStage.PART;
      CRC32C sum = new CRC32C();
      sum.update(
          Arrays.copyOfRange(
              stage.bytes, from, Math.min(from + RunStage.PART, stage.bytes.length)));
      byte[] four = java.nio.ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
      sums.put(part, Base64.getEncoder().encodeToString(four));
    }
    return sums;
  }

  private static int part(String head) {
    return Integer.parseInt(head.replaceAll("(?s).*partNumber=(\\d+).*", "$1"));
  }
}
