package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.SentPart;
import io.waybill.agent.spool.ServerSide;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to ask one file how it is. */
class FileRunTest {

  @TempDir Path directory;
  private FileStage stage;

  @BeforeEach
  void open() throws IOException {
    stage = new FileStage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void asking_a_file_how_it_is_copies_no_list_of_its_parts() throws IOException {
    int parts = 10_000;
    Path path = directory.resolve("long.mcap");
    try (var sparse = new java.io.RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength((long) FileStage.PART * parts);
    }
    ServerSide server =
        new ServerSide(
            new UUID(1, 2).toString(),
            FileStage.SESSION.toString(),
            null,
            "bucket",
            "key",
            FileStage.PART,
            parts,
            null);
    FileEntry entry =
        FileEntry.planned(path.toString(), "long.mcap", FileStamp.of(path), null)
            .opened(server)
            .withSent(
                IntStream.rangeClosed(1, 9_500)
                    .mapToObj(part -> new SentPart(part, "\"e\"", true))
                    .toList());
    FileRun longRun = new FileRun(stage.context, entry, "key-retry-0", new Random(17));
    longRun.recall();
    long[] sum = {0};
    Runnable asked =
        () ->
            sum[0] +=
                longRun.storedBytes()
                    + longRun.storedParts()
                    + longRun.server().partCount()
                    + longRun.entry().retries()
                    + (longRun.waiting(true) == null ? 0 : 1)
                    + (longRun.open() && !longRun.ended() ? 1 : 0);
    asked.run();

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int n = 0; n < 1_000; n++) {
      asked.run();
    }
    assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 1_000).isLessThan(256);
    assertThat(longRun.snapshot(null).sent()).hasSize(9_500);
  }
}
