package io.waybill.agent.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.config.Settings;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.testing.DirectControlPlane;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeeperTest {

  @TempDir private Path folder;

  @Test
  void a_fault_of_ours_does_not_end_the_looking_after_local_files() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Settings settings =
        Settings.of(
            Map.of(
                "WAYBILL_AGENT_WATCH",
                "{directory: " + data + ", after_upload: delete, keep_for: 1h}"));
    CountDownLatch looks = new CountDownLatch(2);
    Spool spool = Spool.open(folder.resolve("state"), (file, why) -> {});
    try (LoopbackStore store = new LoopbackStore();
        Keeper _ =
            new Keeper(
                settings.watch(),
                PinnedKeys.of(settings),
                spool.directory(),
                new Keeper.Place(
                    spool,
                    new DirectControlPlane(new FakeServer(store, 1000)),
                    InstantSource.system(),
                    line -> {}),
                entry -> {
                  looks.countDown();
                  throw new IllegalStateException("on purpose");
                })) {
      assertThat(looks.await(50, TimeUnit.SECONDS)).isTrue();
    }
  }
}
