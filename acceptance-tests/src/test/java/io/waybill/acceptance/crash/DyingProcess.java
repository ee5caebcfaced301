package io.waybill.acceptance.crash;

import io.waybill.server.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that walks many calls, each as far as the place where it shall die, and is halted there
 * with all of them: no finally, no shutdown hook, no heartbeat survives. One process for all, since
 * a call that stands still is no different from one that is alone.
 *
 * <p>Arguments: a file of {@link Victim} lines, and by how many seconds this machine's clock is
 * off.
 */
public final class DyingProcess {
  private DyingProcess() {}

  public static void main(String[] arguments) throws Exception {
    Duration clockOffset = Duration.ofSeconds(Long.parseLong(arguments[1]));
    Configuration configuration = Configuration.load(System.getenv(), Path.of("."));
    Parts parts = new Parts(configuration);
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      walk(parts, Victim.ofLine(line), clockOffset);
    }
    System.out.println("halted");
    System.out.flush();
    Runtime.getRuntime().halt(137);
  }

  /** Returns when the call stands at its last place, or has ended before it came there. */
  private static void walk(Parts parts, Victim victim, Duration clockOffset)
      throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    FaultPoints points =
        new FaultPoints(
            victim.place(),
            () -> {
              arrived.countDown();
              while (true) {
                LockSupport.park();
              }
            });
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            var use = parts.use(points, clockOffset);
            var verdict = points.walk(() -> victim.scenario().call(use, victim));
            System.out.println("survived: " + victim.toLine() + ": " + verdict);
          } catch (Throwable e) {
            System.out.println("failed: " + victim.toLine());
            e.printStackTrace(System.out);
          }
          arrived.countDown();
        });
    arrived.await();
  }
}
