package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.LoopbackStore.Fate;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of 1 TiB, which has no bytes on the disk, and an agent with 32 MB of heap. */
@Timeout(300)
class HugeFileTest {
  private static final long FILE = 1L << 40;

  /** The smallest number of MiB with which it has no more than 10 000. */
  private static final long PART = 105 * FakeServer.MIB;

  private static final int PARTS = (int) Math.ceilDiv(FILE, PART);

  @TempDir private Path directory;
  private final LoopbackStore store = new LoopbackStore().forgetBytes();
  private final FakeServer server = new FakeServer(store, PART);
  private volatile boolean isHolding = true;

  @Test
  void its_first_and_its_last_part_are_sent_and_no_other_that_is_there() throws Exception {
    Path file = directory.resolve("line-3.raw");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(FILE);
    }
    store.script((session, part, attempt) -> {
      while (isHolding) {
        LockSupport.parkNanos(1_000_000);
      }
      return Fate.TAKE;
    });
    try (store;
        FakeApi api = new FakeApi(server)) {
      Process upload = start(api, "upload", file.toString()).process();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !store.requests().isEmpty() || !upload.isAlive());
      upload.destroyForcibly().waitFor();
      String session = server.sessions().getFirst();
      store.has(session, 2, PARTS - 1);
      knowWhatWasSent(session);
      int before = store.requests().size();
      isHolding = false;

      Process resumed = start(api, "resume").process();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() ->
              (store.requests().size() == before + 2 && store.underWay() == 0)
                  || !resumed.isAlive());
      resumed.destroyForcibly().waitFor(); // it would read the whole file before it completes

      List<String> sent = store.requests().subList(before, store.requests().size());
      assertThat(sent).hasSize(2);
      assertThat(sent).anyMatch(put -> isOf(put, 1, PART));
      assertThat(sent).anyMatch(put -> isOf(put, PARTS, FILE - (PARTS - 1) * PART));
    }
  }

  /** As if this agent had sent them: a journal has the sum of each, and all of them are zeros. */
  private void knowWhatWasSent(String session) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] zeros = new byte[(int) FakeServer.MIB];
    for (long done = 0; done < PART; done += zeros.length) {
      sum.update(zeros);
    }
    try (Stream<Path> state = Files.list(directory.resolve("state/uploads"))) {
      Path manifest = state.filter(each -> each.toString().endsWith(".json")).findFirst().get();
      String lines =
          IntStream.range(2, PARTS)
              .mapToObj(part -> "\n%s %d %08x".formatted(session, part, sum.getValue()))
              .collect(Collectors.joining());
      Files.writeString(
          Path.of(manifest.toString().replaceFirst("json$", "sums")),
          lines,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static boolean isOf(String put, int part, long bytes) {
    return put.contains("partNumber=" + part + "&")
        && put.toLowerCase(Locale.ROOT).contains("content-length: " + bytes + "\r\n");
  }

  private AgentProcess start(FakeApi api, String... arguments) throws Exception {
    return AgentProcess.start(directory, api.url(), Map.of(), "exec \"$@\"", arguments);
  }
}
