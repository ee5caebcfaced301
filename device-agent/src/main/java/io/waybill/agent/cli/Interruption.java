package io.waybill.agent.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, or a polite kill. Whoever works writes down how far it is, and the person hears what is
 * left to do. The JVM then ends with 130 or 143, as shells expect.
 */
final class Interruption {

  private static final Duration WRITING_DOWN = Duration.ofSeconds(3);

  private record Work(Thread worker, String hint) {}

  private final Terminal terminal;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<@Nullable Work> work = new AtomicReference<>();

  Interruption(Terminal terminal) {
    this.terminal = terminal;
    if (terminal.ownProcess()) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "interruption"));
    }
  }

  /** From here on this thread does something that can be taken up again. */
  void working(String hint) {
    work.set(new Work(Thread.currentThread(), hint));
  }

  void resting() {
    work.set(null);
  }

  /** The command ended by itself: the end of the process is no interruption. */
  void over() {
    over.set(true);
  }

  private void interrupted() {
    if (over.get()) {
      return;
    }
    Work current = work.get();
    if (terminal.attended()) {
      terminal.err().print("\r\033[K");
    }
    if (current == null) {
      terminal.say("interrupted");
      return;
    }
    current.worker().interrupt();
    try {
      current.worker().join(WRITING_DOWN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    terminal.say("interrupted; " + current.hint());
  }
}
