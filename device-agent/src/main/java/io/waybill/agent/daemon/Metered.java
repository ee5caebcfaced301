package io.waybill.agent.daemon;

import io.waybill.agent.config.Settings;
import io.waybill.agent.daemon.NetworkManager.Answer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the network costs by the byte, as NetworkManager says or guesses. It is asked again and
 * again; while it does not answer, its last answer counts. Where there is no NetworkManager, nobody
 * says so, and then it does not.
 */
public final class Metered implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_TRIES = 3;

  private final @Nullable Network network;
  private final Duration every;
  private @Nullable Thread thread;
  private int tries;

  private volatile boolean yes;
  private volatile boolean known;

  Metered(@Nullable Network network, Duration every) {
    this.network = network;
    this.every = every;
    this.known = network == null;
  }

  /** Who is asked. */
  interface Network {
    Answer ask() throws InterruptedException;
  }

  /** Nobody is asked. */
  public static Metered never() {
    return new Metered(null, Duration.ZERO);
  }

  /** Asks {@code busctl} of the {@code PATH}, where there is one. */
  public static Metered by(Settings settings, Duration every) {
    Network network =
        busctl(settings.environment("PATH"))
            .<Network>map(program -> new NetworkManager(program, PATIENCE)::ask)
            .orElse(null);
    return new Metered(network, every);
  }

  private static Optional<Path> busctl(Optional<String> path) {
    return path.stream()
        .flatMap(places -> Arrays.stream(places.split(File.pathSeparator, -1)))
        .filter(place -> place.startsWith("/"))
        .map(place -> Path.of(place, "busctl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  boolean now() {
    return yes;
  }

  /** Before the first answer nobody knows, and nothing should be spent. */
  boolean known() {
    return known;
  }

  void start() {
    Network asked = network;
    if (asked != null) {
      thread = Thread.ofPlatform().daemon().name("metered").start(() -> watch(asked));
    }
  }

  private void watch(Network asked) {
    try {
      while (true) {
        hear(answer(asked));
        Thread.sleep(every);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the daemon ends
    }
  }

  private static Answer answer(Network asked) throws InterruptedException {
    try {
      return asked.ask();
    } catch (RuntimeException e) {
      return Answer.NONE; // asked again, like whatever else went wrong
    }
  }

  private void hear(Answer answer) {
    switch (answer) {
      case METERED -> settle(true);
      case NOT_METERED -> settle(false);
      case UNDECIDED -> doubt();
      case NONE -> {
        if (!known) {
          doubt();
        }
      }
      case ABSENT -> {
        if (!known) {
          settle(false);
        }
      }
    }
  }

  private void doubt() {
    tries++;
    if (tries >= MOST_TRIES) {
      settle(false);
    }
  }

  private void settle(boolean costs) {
    tries = 0;
    yes = costs;
    known = true;
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
